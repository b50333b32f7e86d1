"""What the town's screens show: what the city told everybody, and the way from a screen to a person's own phone."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.conf import settings

from accounts.models import Broadcast
from accounts.selectors.audiences import EVERYONE
from accounts.selectors.devices import SIGN, DeviceView, own_device
from accounts.selectors.principals import DevicePrincipal
from kernel import contributions
from kernel.problems import NotAllowed

SHOWN, SHOWN_FOR = 10, timedelta(days=30)
SHOW_NOTICES = "accounts.show_notices"
DOORS = (
    ("accounts.show_app", "app", "/"),
    ("accounts.show_counter", "counter_code", "/me/id/counter"),
)
"""The right, the door's name, and its place in the app. A door is an address: what lies behind it asks who comes."""


class NoticeText(msgspec.Struct, frozen=True):
    """A notice in one language."""

    title: str
    body: str


class PublicNotice(msgspec.Struct, frozen=True):
    """What the city told everybody, in every language it was written in; Japanese is always among them."""

    id: UUID
    category: str
    priority: str
    at: datetime
    texts: dict[str, NoticeText]


class PublicNotices(msgspec.Struct, frozen=True):
    """The newest notices, and whose they are."""

    city: str
    city_en: str
    notices: list[PublicNotice]


class Door(msgspec.Struct, frozen=True):
    """A way into the app, for a code that a phone reads."""

    name: str
    address: str


class Board(msgspec.Struct, frozen=True):
    """What a screen may show besides the notices; ``shows`` is the path of a page that a sign shows in their place."""

    device: DeviceView
    doors: list[Door]
    shows: str | None


def public_notices(*, at: datetime) -> PublicNotices:
    """Return what officers told everybody in the last thirty days, newest first; what was stopped is not among it."""
    told = Broadcast.objects.filter(
        name="", audience__kind=EVERYONE, started_at__gt=at - SHOWN_FOR,
        state__in=[Broadcast.State.RUNNING, Broadcast.State.DONE],
    )  # fmt: skip
    notices = [
        PublicNotice(
            row.pk, row.category, row.priority, row.started_at, msgspec.convert(row.texts, dict[str, NoticeText])
        )
        for row in told.order_by("-started_at", "-id")[:SHOWN]
        if row.started_at is not None
    ]
    return PublicNotices(settings.CITY["name_ja"], settings.CITY["name_en"], notices)


def own_board(principal: DevicePrincipal) -> Board:
    """Return what a device may show; :raises NotAllowed: for a kind that is no screen, such as a till."""
    here = principal.organisation_id
    if not principal.may(SHOW_NOTICES, within=here):
        raise NotAllowed
    doors = [
        Door(name, f"{settings.PUBLIC_URL}{path}") for right, name, path in DOORS if principal.may(right, within=here)
    ]
    shows = _shown_instead(principal.actor) if principal.kind == SIGN else None
    return Board(own_device(principal), doors, shows)


def _shown_instead(sign: UUID) -> str | None:
    found = (page(sign) for given in contributions.everyones() for page in given.screens)
    return next((path for path in found if path is not None), None)
