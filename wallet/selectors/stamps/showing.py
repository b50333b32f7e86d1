"""Stamp cards as phones show them: those that run, one's own, and a shop's."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from kernel.principal import Principal
from wallet.engine.coupons import Fixed, Percent, read_rule
from wallet.engine.coupons.answers import CouponPlace
from wallet.engine.rewards import CoinReward, Gift, Waiting
from wallet.engine.stamps import Filled, StampRule, fill
from wallet.engine.stamps import Stamp as Counted
from wallet.errors import NoWallet
from wallet.models import Balance, Reward, Shop, Stamp, StampCard
from wallet.selectors.accounts import account_of, accounts_behind
from wallet.selectors.coupons.showing import Near, places_of
from wallet.selectors.shops import access_shop_for
from wallet.selectors.stamps.filling import rule_of

SHOWN_AFTER = timedelta(days=30)
SHOPS_SHOWN = 30
NOTHING = Filled(0, [], [])


class StampSeen(msgspec.Struct, frozen=True):
    """One stamp on the card under way: when, and at which shop."""

    at: datetime
    shop: UUID
    shop_name: str
    shop_name_en: str


class StampCardView(msgspec.Struct, frozen=True):
    """A stamp card as a phone shows it.

    ``stamps`` stand on the card under way; ``full`` cards are behind the reader, ``rewards`` of them brought something. ``waits``
    says why one that is full has not yet. ``products``: tags of the goods that alone are counted; empty where everything is.
    ``reward_benefit``: what the coupon takes off, where the reward is one. ``left``: rewards that are left for everybody (None: as
    many as wanted).
    """

    id: UUID
    title: str
    title_en: str
    by: Literal["city", "shop"]
    size: int
    stamps: list[StampSeen]
    full: int
    rewards: int
    waits: Waiting | None
    reward: Gift
    reward_benefit: Percent | Fixed | None
    minimum: int
    products: list[str]
    per_day: int
    distinct: bool
    per_person: int | None
    left: int | None
    shops: list[CouponPlace]
    districts: list[str]
    trades: list[str]
    starts_at: datetime
    ends_at: datetime
    is_paused: bool


class StampCards(msgspec.Struct, frozen=True):
    """Stamp cards: what one has begun first, then what ends first."""

    results: list[StampCardView]


class _Hand(NamedTuple):
    """What a person has of every card, and what is left in the budgets."""

    stamps: Mapping[UUID, list[Counted]]
    rewards: Mapping[UUID, int]
    budgets: Mapping[UUID, int]
    at: datetime


def my_stamp_cards(principal: Principal, *, at: datetime) -> StampCards:
    """Return the cards that run, and for thirty days those that ended and on which the reader has stamps."""
    own = _own_accounts(principal)
    begun = Stamp.objects.filter(account_id__in=own).values("card_id")
    running = Q(ends_at__gt=at, paused_at=None) | Q(pk__in=begun, ends_at__gt=at - SHOWN_AFTER)
    views = _views(StampCard.objects.filter(running, starts_at__lte=at), own, at=at)
    return StampCards(sorted(views, key=lambda view: (not (view.stamps or view.full), view.ends_at, view.id)))


def stamp_cards_of_shop(principal: Principal, shop_id: UUID, *, at: datetime) -> StampCards:
    """Return the cards of a shop's merchant, newest first, to who works there; :raises NotFound: to others."""
    shop = access_shop_for(principal, shop_id)
    rows = StampCard.objects.filter(organisation_id=shop.organisation_id, rule__shops__contains=str(shop_id))
    return StampCards(_views(rows.order_by("-created_at", "-id"), [], at=at))


def _views(rows: "QuerySet[StampCard]", own: list[UUID], *, at: datetime) -> list[StampCardView]:
    cards = list(rows.select_related("coupon", "campaign"))
    shops = list(Shop.objects.filter(closed_at=None).order_by("name", "id"))
    hand = _hand(cards, own, at)
    names = {shop.pk: (shop.name, shop.name_en) for shop in shops}
    return [_view(card, rule_of(card), shops, names, hand) for card in cards]


def _hand(cards: Iterable[StampCard], own: list[UUID], at: datetime) -> _Hand:
    ids = [card.pk for card in cards]
    stamps: dict[UUID, list[Counted]] = {}
    found = Stamp.objects.filter(account_id__in=own, card_id__in=ids, taken_back_at=None)
    for card, stamped_at, key, shop, day in found.values_list("card_id", "at", "id", "shop_id", "day"):
        stamps.setdefault(card, []).append(Counted(stamped_at, key, shop, day))
    rewards: dict[UUID, int] = {}
    given = Reward.objects.filter(source_id__in=ids, account_id__in=own, ended_at=None)
    for source in given.values_list("source_id", flat=True):
        rewards[source] = rewards.get(source, 0) + 1
    purses = {card.campaign.account_id for card in cards if card.campaign is not None}
    return _Hand(stamps, rewards, dict(Balance.objects.filter(pk__in=purses).values_list("pk", "amount")), at)


def _view(
    card: StampCard, rule: StampRule, shops: list[Shop], names: Mapping[UUID, tuple[str, str]], hand: _Hand
) -> StampCardView:
    filled = fill(rule, hand.stamps[card.pk]) if card.pk in hand.stamps else NOTHING
    rewards = hand.rewards.get(card.pk, 0)
    return StampCardView(
        id=card.pk,
        title=card.title,
        title_en=card.title_en,
        by="shop" if card.organisation_id else "city",
        size=rule.size,
        stamps=[StampSeen(each.at, each.shop, *names.get(each.shop, ("", ""))) for each in filled.under_way],
        full=filled.full,
        rewards=rewards,
        waits=_why_waiting(card, rule, hand) if filled.full > rewards else None,
        reward=rule.reward,
        reward_benefit=read_rule(card.coupon.rule).benefit if card.coupon else None,
        minimum=rule.minimum,
        products=list(rule.products),
        per_day=rule.per_day,
        distinct=rule.distinct,
        per_person=rule.per_person,
        left=None if card.stock is None else card.stock - card.given,
        shops=[] if rule.is_everywhere and not rule.trades else places_of(rule, shops, Near())[:SHOPS_SHOWN],
        districts=list(rule.districts),
        trades=list(rule.trades),
        starts_at=rule.starts_at,
        ends_at=rule.ends_at,
        is_paused=card.paused_at is not None,
    )


def _why_waiting(card: StampCard, rule: StampRule, hand: _Hand) -> Waiting:
    """Say what a reward that was earned waits for, the person's own limit where nothing else stands in its way."""
    if card.stock is not None and card.given >= card.stock:
        return "sold_out"
    if isinstance(rule.reward, CoinReward):
        left = hand.budgets.get(card.campaign.account_id, 0) if card.campaign else 0
        return "budget_spent" if left < rule.reward.yen else "limit_balance"
    is_over = card.coupon is None or card.coupon.paused_at is not None or card.coupon.ends_at <= hand.at
    return "coupon_over" if is_over else "account_frozen"


def _own_accounts(principal: Principal) -> list[UUID]:
    try:
        return accounts_behind(account_of(principal))
    except NoWallet:
        return []
