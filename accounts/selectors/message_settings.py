"""What a resident chose about messages, and what they can choose from."""

from uuid import UUID

import msgspec
from django.conf import settings

from accounts.engine.channels import CHANNELS, EMAIL, LINE, PUSH, SMS
from accounts.gateways.line import line_gateway
from accounts.gateways.sms import sms_gateway
from accounts.models import MessageSettings, PushSubscription
from accounts.selectors.contacts import has_confirmed_phone, primary_email
from accounts.selectors.principals import ResidentPrincipal
from kernel import contributions
from kernel.access import access


class ChannelChoice(msgspec.Struct, frozen=True):
    """A channel, whether this city has it, and whether it reaches this person; ``devices`` counts browsers that take pushes."""

    channel: str
    is_offered: bool
    is_reachable: bool
    devices: int = 0


class CategoryChoice(msgspec.Struct, frozen=True):
    """A category and the channels its messages come by; letters of an essential one cannot be switched off."""

    category: str
    title: str
    is_essential: bool
    channels: list[str]


class MessageSettingsView(msgspec.Struct, frozen=True):
    """All that can be set about messages; quiet hours are ``HH:MM`` in Japan, both or neither."""

    channels: list[ChannelChoice]
    categories: list[CategoryChoice]
    quiet_from: str | None
    quiet_to: str | None


def message_settings_of(principal: ResidentPrincipal) -> MessageSettingsView:
    """Return one's own settings, the usual ones where nothing was chosen."""
    resident_id = principal.actor
    with access(purpose="accounts.my_messages", actor=resident_id, subject=resident_id, classes=["messages"]):
        chosen = MessageSettings.objects.filter(pk=resident_id).first() or MessageSettings(resident_id=resident_id)
        devices = PushSubscription.objects.filter(resident_id=resident_id).count()
    has_line = chosen.sealed_line is not None
    return MessageSettingsView(
        channels=_channels(principal.user_id, devices=devices, has_line=has_line),
        categories=_categories(chosen.choices),
        quiet_from=_clock(chosen.quiet_from),
        quiet_to=_clock(chosen.quiet_to),
    )


def mail_is_offered() -> bool:
    """Tell whether letters leave this city."""
    return bool(settings.MAIL_SERVER or settings.DEMO)


def _channels(user_id: UUID, *, devices: int, has_line: bool) -> list[ChannelChoice]:
    reach = {
        PUSH: (True, devices > 0),
        EMAIL: (mail_is_offered(), primary_email(user_id) is not None),
        SMS: (sms_gateway() is not None, has_confirmed_phone(user_id)),
        LINE: (line_gateway() is not None, has_line),
    }
    return [
        ChannelChoice(
            channel=name, is_offered=reach[name][0], is_reachable=all(reach[name]), devices=devices * (name == PUSH)
        )
        for name in CHANNELS
    ]


def _categories(choices: dict[str, list[str]]) -> list[CategoryChoice]:
    return [
        CategoryChoice(
            category=name, title=str(category.title), is_essential=category.is_essential,
            channels=[channel for channel in CHANNELS if channel in choices.get(name, category.channels)],
        )
        for name, category in contributions.categories().items()
    ]  # fmt: skip


def _clock(minute: int | None) -> str | None:
    return None if minute is None else f"{minute // 60:02}:{minute % 60:02}"
