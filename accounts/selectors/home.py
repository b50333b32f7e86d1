"""What matters to a person now, from all apps, in the order they see it."""

from datetime import datetime

import msgspec
import structlog

from accounts.engine.home import arranged
from accounts.models import HomeChoices
from accounts.selectors.principals import ResidentPrincipal
from kernel import contributions
from kernel.access import access
from kernel.contributions import Card, CardProvider, Place

MOST = 30

_log = structlog.get_logger(__name__)


class CardView(msgspec.Struct, frozen=True):
    """A card as it is shown; ``can_be_hidden`` is false for danger to life."""

    key: str
    kind: str
    title: str
    detail: str
    link: str
    until: datetime | None
    is_pinned: bool
    can_be_hidden: bool


class CardKind(msgspec.Struct, frozen=True):
    """A kind of card and what was chosen about it."""

    kind: str
    title: str
    is_pinned: bool
    is_hidden: bool


class HomeView(msgspec.Struct, frozen=True):
    """The cards in their order, and every kind there is to choose from."""

    cards: list[CardView]
    kinds: list[CardKind]


def home_of(principal: ResidentPrincipal, *, at: datetime, here: Place | None) -> HomeView:
    """Return the person's cards; an app that fails leaves its own out, and the others stand."""
    with access(purpose="accounts.my_home", actor=principal.actor, subject=principal.actor, classes=["home"]):
        chosen = HomeChoices.objects.filter(pk=principal.actor).first() or HomeChoices(resident_id=principal.actor)
    cards = [card for provider in contributions.card_providers() for card in _given(provider, principal, at, here)]
    ordered = arranged(cards, at=at, here=here, pinned=chosen.pinned, hidden=chosen.hidden)
    return HomeView(
        cards=[_view(card, chosen) for card in ordered[:MOST]],
        kinds=[
            CardKind(kind=kind, title=str(title), is_pinned=kind in chosen.pinned, is_hidden=kind in chosen.hidden)
            for kind, title in card_kinds().items()
        ],
    )


def card_kinds() -> dict[str, object]:
    """Return every kind of card with its name, in lazy text."""
    return {kind: title for provider in contributions.card_providers() for kind, title in provider.kinds.items()}


def _given(provider: CardProvider, principal: ResidentPrincipal, at: datetime, here: Place | None) -> list[Card]:
    try:
        return list(provider.cards(principal, at=at, place=here))
    except Exception:  # noqa: BLE001 - Home stands without one app's cards
        _log.exception("cards_failed", provider=type(provider).__name__)
        return []


def _view(card: Card, chosen: HomeChoices) -> CardView:
    return CardView(
        key=card.key, kind=card.kind, title=card.title, detail=card.detail, link=card.link, until=card.until,
        is_pinned=card.kind in chosen.pinned, can_be_hidden=card.weight < 100,
    )  # fmt: skip
