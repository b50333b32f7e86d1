"""Stamp cards as officers see them: what became of each, in counts and never by person."""

from collections import Counter
from uuid import UUID

import msgspec
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from kernel.problems import NotFound
from wallet.engine.rewards import Gift
from wallet.engine.stamps import Stamp as Counted
from wallet.engine.stamps import StampRule, fill
from wallet.models import Reward, Stamp, StampCard, Succession
from wallet.selectors.stamps.filling import rule_of


class StampCardRow(msgspec.Struct, frozen=True):
    """One stamp card with what became of it; ``borne`` is what its rewards in coins cost less what came back."""

    id: UUID
    title: str
    rule: StampRule
    campaign: str
    reward: Gift
    reward_title: str
    is_paused: bool
    stock: int | None
    given: int
    stamps: int
    taken_back: int
    kept: int
    borne: int


class Fullness(msgspec.Struct, frozen=True):
    """How many people have so many stamps on the card under way; ``full``: full cards altogether."""

    people: list[int]
    full: int


def stamp_card_rows() -> list[StampCardRow]:
    """Return all cards, newest first, in four queries."""
    cards = StampCard.objects.select_related("campaign", "coupon").order_by("-created_at", "-id")
    return _rows(list(cards))


def stamp_card_row(card_id: UUID) -> StampCardRow:
    """Return one; :raises NotFound: where there is none."""
    rows = _rows(list(StampCard.objects.select_related("campaign", "coupon").filter(pk=card_id)))
    if not rows:
        raise NotFound
    return rows[0]


def fullness_of(card_id: UUID) -> Fullness:
    """Return how full people's cards are: a count for each number of stamps, from none to one less than full."""
    card = StampCard.objects.get(pk=card_id)
    rule, stands_for = rule_of(card), dict(Succession.objects.values_list("source_id", "target_id"))
    people: dict[UUID, list[Counted]] = {}
    rows = Stamp.objects.filter(card=card, taken_back_at=None).values_list("account_id", "at", "id", "shop_id", "day")
    for account, at, key, shop, day in rows:
        people.setdefault(stands_for.get(account, account), []).append(Counted(at, key, shop, day))
    filled = [fill(rule, stamps) for stamps in people.values()]
    counts = Counter(len(each.under_way) for each in filled)
    return Fullness([counts[number] for number in range(rule.size)], sum(each.full for each in filled))


def _rows(cards: list[StampCard]) -> list[StampCardRow]:
    ids = [card.pk for card in cards]
    stamps = {
        card: (number, back)
        for card, number, back in Stamp.objects.filter(card_id__in=ids)
        .order_by()
        .values("card_id")
        .annotate(number=Count("id"), back=Count("id", filter=Q(taken_back_at__isnull=False)))
        .values_list("card_id", "number", "back")
    }
    rewards = {
        source: (kept, borne)
        for source, kept, borne in Reward.objects.filter(source_id__in=ids, ended_at=None)
        .order_by()
        .values("source_id")
        .annotate(kept=Count("id", filter=Q(kept_at__isnull=False)), borne=Coalesce(Sum("top_up__bonus"), 0))
        .values_list("source_id", "kept", "borne")
    }
    return [_row(card, stamps.get(card.pk, (0, 0)), rewards.get(card.pk, (0, 0))) for card in cards]


def _row(card: StampCard, stamps: tuple[int, int], rewards: tuple[int, int]) -> StampCardRow:
    rule = rule_of(card)
    return StampCardRow(
        id=card.pk,
        title=card.title,
        rule=rule,
        campaign=card.campaign.name if card.campaign else "",
        reward=rule.reward,
        reward_title=card.coupon.title if card.coupon else "",
        is_paused=card.paused_at is not None,
        stock=card.stock,
        given=card.given,
        stamps=stamps[0] - stamps[1],
        taken_back=stamps[1],
        kept=rewards[0],
        borne=rewards[1],
    )
