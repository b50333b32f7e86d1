"""Bodies and answers of messages and Home."""

from typing import Annotated, Literal

import msgspec

from accounts.selectors.home import HomeView
from accounts.selectors.message_settings import MessageSettingsView
from accounts.selectors.messages import MessageView, Unread
from accounts.services.notices.subscribing import Subscribed

Clock = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="`HH:MM` in Japan.")]
Channel = Literal["push", "email", "sms", "line"]
Kinds = Annotated[list[Annotated[str, msgspec.Meta(max_length=60)]], msgspec.Meta(max_length=60)]
Endpoint = Annotated[str, msgspec.Meta(max_length=1_000)]
KeyText = Annotated[str, msgspec.Meta(max_length=200)]


class MessageChoices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Channels by category, whole; and quiet hours, both or neither."""

    choices: Annotated[dict[str, Annotated[list[Channel], msgspec.Meta(max_length=4)]], msgspec.Meta(max_length=60)]
    quiet_from: Clock | None = None
    quiet_to: Clock | None = None


class SubscriptionKeys(msgspec.Struct, frozen=True):
    """A browser's keys (RFC 8291), base64url."""

    p256dh: KeyText
    auth: KeyText


class PushSubscription(msgspec.Struct, frozen=True):
    """A subscription as ``PushSubscription.toJSON()`` gives it."""

    endpoint: Endpoint
    keys: SubscriptionKeys


class PushEndpoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The browser that is to take no pushes any more."""

    endpoint: Endpoint


class PushKey(msgspec.Struct, frozen=True):
    """The city's key: ``applicationServerKey`` of a subscription. One made for another key is dead."""

    key: str


class HomeChoices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Kinds of cards that stand first, and those that are not shown."""

    pinned: Kinds
    hidden: Kinds


__all__ = [
    "HomeChoices",
    "HomeView",
    "MessageChoices",
    "MessageSettingsView",
    "MessageView",
    "PushEndpoint",
    "PushKey",
    "PushSubscription",
    "Subscribed",
    "Unread",
]
