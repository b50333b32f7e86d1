"""Doors to messages, what one chose about them, and Home: each reads, calls and answers."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.notices import serializers as shapes
from accounts.api.notices.place import place_of
from accounts.api.notices.throttles import ChoicesThrottle
from accounts.gateways import push
from accounts.selectors import ResidentPrincipal
from accounts.selectors.home import home_of
from accounts.selectors.message_settings import message_settings_of
from accounts.selectors.messages import read_inbox
from accounts.services.home import choose_cards
from accounts.services.notices import choosing, reading, subscribing
from kernel import clock, contributions
from kernel.web import Page, SignedIn, act_of, describe, page_of, principal_of, read, reply, struct

PAGE = ("cursor", "limit")


class MessagesView(APIView):
    """One's own messages."""

    permission_classes = (SignedIn,)

    @describe("My messages, newest first", answers=Page[shapes.MessageView], query=PAGE)
    def get(self, request: Request) -> HttpResponse:
        """Return one page, in the reader's language."""
        person, language = principal_of(request), get_language() or "ja"
        return struct(read_inbox(person.actor, language, lambda inbox: page_of(inbox.rows, request, shape=inbox.view)))


class MessageView(APIView):
    """One message."""

    permission_classes = (SignedIn,)

    @describe("One of my messages", answers=shapes.MessageView)
    def get(self, request: Request, message_id: UUID) -> HttpResponse:
        """Return it; that it was shown is another matter than that it was read."""
        person, language = principal_of(request), get_language() or "ja"
        return struct(read_inbox(person.actor, language, lambda inbox: inbox.one(message_id)))


class ReadView(APIView):
    """Reading one message."""

    permission_classes = (SignedIn,)

    @describe("Mark a message as read", answers=shapes.MessageView)
    def post(self, request: Request, message_id: UUID) -> HttpResponse:
        """Mark it and return it."""
        return reply(reading.mark_read.answer(act_of(request), message_id=message_id))


class UnreadView(APIView):
    """What waits to be read."""

    permission_classes = (SignedIn,)

    @describe("How many messages I have not read", answers=shapes.Unread)
    def get(self, request: Request) -> HttpResponse:
        """Return the count."""
        return struct(read_inbox(principal_of(request).actor, "ja", lambda inbox: inbox.unread()))


class AllReadView(APIView):
    """Reading everything."""

    permission_classes = (SignedIn,)

    @describe("Mark all messages as read", answers=shapes.Unread)
    def post(self, request: Request) -> HttpResponse:
        """Mark them and return the count."""
        return reply(reading.mark_all_read.answer(act_of(request)))


class SettingsView(APIView):
    """What one chose about messages."""

    permission_classes = (SignedIn,)
    throttle_classes = (ChoicesThrottle,)

    @describe("My choices about messages", answers=shapes.MessageSettingsView)
    def get(self, request: Request) -> HttpResponse:
        """Return them, and what there is to choose from."""
        return struct(message_settings_of(_person(request)))

    @describe("Choose how messages come", body=shapes.MessageChoices, answers=shapes.MessageSettingsView)
    def put(self, request: Request) -> HttpResponse:
        """Take the whole of them."""
        body = read(request, shapes.MessageChoices)
        choices = {name: list(map(str, channels)) for name, channels in body.choices.items()}
        changed = choosing.change_message_settings.answer(
            act_of(request), choices=choices, quiet_from=body.quiet_from, quiet_to=body.quiet_to
        )
        return reply(changed)


class LineView(APIView):
    """The link to one's LINE."""

    permission_classes = (SignedIn,)
    throttle_classes = (ChoicesThrottle,)

    @describe("Link the demo city's LINE (demo city only)", answers=shapes.MessageSettingsView)
    def post(self, request: Request) -> HttpResponse:
        """Link it."""
        return reply(choosing.link_line.answer(act_of(request)))

    @describe("Forget my LINE", answers=shapes.MessageSettingsView)
    def delete(self, request: Request) -> HttpResponse:
        """Forget it."""
        return reply(choosing.unlink_line.answer(act_of(request)))


class SubscriptionsView(APIView):
    """Browsers that take pushes."""

    permission_classes = (SignedIn,)
    throttle_classes = (ChoicesThrottle,)

    @describe("Send pushes to this browser", body=shapes.PushSubscription, answers=shapes.Subscribed, status=201)
    def post(self, request: Request) -> HttpResponse:
        """Take the subscription; it lives as long as this sign-in."""
        body = read(request, shapes.PushSubscription)
        sign_in = contributions.sign_ins().handle(request._request, request.auth)  # noqa: SLF001 - Django's own request
        keys = {"p256dh": body.keys.p256dh, "auth": body.keys.auth}
        return reply(
            subscribing.subscribe_push.answer(act_of(request), endpoint=body.endpoint, sign_in=sign_in, **keys)
        )

    @describe("Send no more pushes to a browser", body=shapes.PushEndpoint, status=204)
    def delete(self, request: Request) -> HttpResponse:
        """Forget the subscription."""
        body = read(request, shapes.PushEndpoint)
        return reply(subscribing.unsubscribe_push.answer(act_of(request), endpoint=body.endpoint))


class PushKeyView(APIView):
    """The city's key for pushes."""

    permission_classes = (SignedIn,)

    @describe("The city's key for pushes", answers=shapes.PushKey)
    def get(self, request: Request) -> HttpResponse:
        """Return the key that a browser subscribes with."""
        return struct(shapes.PushKey(key=push.public_key()[1]))


class HomeView(APIView):
    """What matters now."""

    permission_classes = (SignedIn,)

    @describe("My cards, in their order", answers=shapes.HomeView, query=("lat", "lon"))
    def get(self, request: Request) -> HttpResponse:
        """Return the cards; ``lat`` and ``lon``, where given, are used and not kept."""
        return struct(home_of(_person(request), at=clock.now(), here=place_of(request)))


class HomeChoicesView(APIView):
    """What one wants on Home."""

    permission_classes = (SignedIn,)
    throttle_classes = (ChoicesThrottle,)

    @describe("Choose which cards come first, and which not at all", body=shapes.HomeChoices, status=204)
    def put(self, request: Request) -> HttpResponse:
        """Take the whole of them."""
        body = read(request, shapes.HomeChoices)
        return reply(choose_cards.answer(act_of(request), pinned=body.pinned, hidden=body.hidden))


def _person(request: Request) -> ResidentPrincipal:
    """Return who asks; on this floor a principal is always a person."""
    return cast("ResidentPrincipal", principal_of(request))
