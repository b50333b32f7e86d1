"""Coins sold with a bonus: what is offered, to whom, and what is one's own of it."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet

from accounts.selectors import principal_of as resident_principal
from kernel.principal import Principal
from kernel.problems import NotAllowed, NotFound
from wallet.engine.premium import State, Terms, bonus_of, state_of
from wallet.errors import NoWallet
from wallet.models import OPEN_CLAIM, Premium, PremiumApplication, PremiumClaim, PremiumShare, PremiumWho
from wallet.selectors.accounts import account_of, holder_of
from wallet.selectors.shops import access_shop_for

RESIDENT_LEVEL = 1


class PremiumMine(msgspec.Struct, frozen=True):
    """What is one's own of a campaign.

    ``may_buy`` units now, until ``buy_until``, beside ``being_paid`` ones that wait for ``card_payment``; ``ticket``, ``wished``
    and ``rank`` where one applied; ``is_for_me`` is false where the campaign asks for an identity that is not known yet.
    """

    is_for_me: bool
    may_buy: int
    bought: int
    buy_until: datetime | None
    ticket: str | None
    wished: int | None
    rank: int | None
    allotted: int | None
    being_paid: int = 0
    card_payment: UUID | None = None


class PremiumOffer(msgspec.Struct, frozen=True):
    """A campaign as everybody may see it. Instants are UTC; ``bonus`` is what one unit gives beside its price."""

    id: UUID
    name: str
    name_en: str
    way: str
    who: str
    state: State
    unit_yen: int
    bonus: int
    rate_bp: int
    units: int
    left: int
    per_person: int
    apply_from: datetime | None
    apply_until: datetime | None
    draw_at: datetime | None
    draw_id: UUID | None
    window_days: int | None
    sells_from: datetime
    sells_until: datetime
    sold_out_at: datetime | None
    bonus_last_day: date
    mine: PremiumMine | None


class PremiumOffers(msgspec.Struct, frozen=True):
    """What is offered now, and what is over since a month."""

    results: list[PremiumOffer]


def premium_named(premium_id: UUID) -> Premium:
    """Return a campaign; :raises NotFound: where there is none."""
    row = Premium.objects.select_related("campaign__account__balance").filter(pk=premium_id).first()
    if row is None:
        raise NotFound
    return row


def premiums() -> "QuerySet[Premium]":
    """Return all, newest first."""
    return Premium.objects.select_related("campaign__account__balance").order_by("-made_at", "-id")


def terms_of(row: Premium) -> Terms:
    """Return what decides about a campaign's state."""
    return Terms(
        apply_from=row.apply_from,
        apply_until=row.apply_until,
        sells_from=row.sells_from,
        sells_until=row.sells_until,
        ended_at=row.ended_at,
        is_drawn=row.allotted_at is not None,
        units=row.units,
        sold=row.sold,
    )


def offers_for(principal: Principal, *, at: datetime) -> PremiumOffers:
    """Return the campaigns that are not over, those one can do something with first."""
    rows = list(Premium.objects.filter(sells_until__gt=at, ended_at=None).order_by("sells_until", "id"))
    mine = _mine(principal, rows, at=at)
    return PremiumOffers(results=[shape_offer(row, mine[row.pk], at=at) for row in rows])


def offer_for(principal: Principal, premium_id: UUID, *, at: datetime) -> PremiumOffer:
    """Return one campaign with what is one's own of it; :raises NotFound:"""
    row = premium_named(premium_id)
    return shape_offer(row, _mine(principal, [row], at=at)[row.pk], at=at)


def on_sale_at(principal: Principal, shop_id: UUID, *, at: datetime) -> PremiumOffers:
    """Return what this till may sell now; :raises NotFound: :raises NotAllowed: for a till that this person may not run."""
    access_shop_for(principal, shop_id, "wallet.top_up_at_shop")
    return on_sale(at=at)


def on_sale_for(principal: Principal, *, at: datetime) -> PremiumOffers:
    """Return what the counter may sell now; :raises NotAllowed: without the right."""
    if not principal.may("wallet.top_up_at_counter"):
        raise NotAllowed
    return on_sale(at=at)


def on_sale(*, at: datetime) -> PremiumOffers:
    """Return what is sold now."""
    rows = Premium.objects.filter(sells_from__lte=at, sells_until__gt=at, ended_at=None).order_by("sells_until", "id")
    offers = [shape_offer(row, None, at=at) for row in rows]
    return PremiumOffers(results=[offer for offer in offers if offer.state == "selling"])


class PremiumFact(msgspec.Struct, frozen=True):
    """What is kept of one account in one campaign, as its holder takes it home."""

    name: str
    applied_at: datetime | None
    withdrawn_at: datetime | None
    wished: int | None
    ticket: str | None
    rank: int | None
    may_buy: int | None
    bought: int
    being_paid: int


def premium_facts(account_ids: list[UUID]) -> list[PremiumFact]:
    """Return everything that is kept of these accounts, by campaign."""
    wishes = PremiumApplication.objects.filter(account_id__in=account_ids).select_related("premium")
    shares = PremiumShare.objects.filter(account_id__in=account_ids).select_related("premium")
    by_wish = {(each.premium_id, each.account_id): each for each in wishes}
    by_share = {(each.premium_id, each.account_id): each for each in shares}
    paying = {
        (each.premium_id, each.account_id): each.units
        for each in PremiumClaim.objects.filter(OPEN_CLAIM, account_id__in=account_ids)
    }
    keys = sorted(by_wish.keys() | by_share.keys())
    return [_fact(by_wish.get(key), by_share.get(key), paying.get(key, 0)) for key in keys]


def _fact(wish: PremiumApplication | None, share: PremiumShare | None, being_paid: int) -> PremiumFact:
    found = wish or share
    assert found is not None  # noqa: S101 - one of the two is there
    return PremiumFact(
        name=found.premium.name,
        applied_at=wish.applied_at if wish else None,
        withdrawn_at=wish.withdrawn_at if wish else None,
        wished=wish.wished if wish else None,
        ticket=wish.ticket if wish else None,
        rank=wish.rank if wish else None,
        may_buy=share.cap if share else None,
        bought=share.bought - being_paid if share else 0,
        being_paid=being_paid,
    )


def is_for(row: Premium, account_level: int) -> bool:
    """Tell whether somebody known so surely may buy."""
    return row.who == PremiumWho.EVERYBODY or account_level >= RESIDENT_LEVEL


def level_behind(account_id: UUID) -> int:
    """Return how surely the person behind an account is known; 0 where nobody stands behind it."""
    holder = holder_of(account_id)
    with suppress(ObjectDoesNotExist):
        return 0 if holder is None else resident_principal(holder).account_level
    return 0


def shape_offer(row: Premium, mine: PremiumMine | None, *, at: datetime) -> PremiumOffer:
    return PremiumOffer(
        id=row.pk, name=row.name, name_en=row.name_en, way=row.way, who=row.who, state=state_of(terms_of(row), at),
        unit_yen=row.unit_yen, bonus=bonus_of(row.unit_yen, row.rate_bp), rate_bp=row.rate_bp,
        units=row.units, left=row.units - row.sold, per_person=row.per_person,
        apply_from=row.apply_from, apply_until=row.apply_until, draw_at=row.draw_at, draw_id=row.draw_id,
        window_days=row.window_days, sells_from=row.sells_from, sells_until=row.sells_until,
        sold_out_at=row.sold_out_at, bonus_last_day=row.bonus_last_day, mine=mine,
    )  # fmt: skip


def _mine(principal: Principal, rows: Iterable[Premium], *, at: datetime) -> dict[UUID, PremiumMine]:
    """Return one's own part of each, by three queries however many there are."""
    shares: dict[UUID, PremiumShare] = {}
    claims: dict[UUID, PremiumClaim] = {}
    wishes: dict[UUID, PremiumApplication] = {}
    keys = [row.pk for row in rows]
    with suppress(NoWallet):
        account = account_of(principal)
        shares = {
            each.premium_id: each for each in PremiumShare.objects.filter(account_id=account, premium_id__in=keys)
        }
        paying = PremiumClaim.objects.filter(OPEN_CLAIM, account_id=account, premium_id__in=keys)
        claims = {each.premium_id: each for each in paying}
        applied = PremiumApplication.objects.filter(account_id=account, premium_id__in=keys, withdrawn_at=None)
        wishes = {each.premium_id: each for each in applied}
    level = principal.account_level
    return {row.pk: _part(row, level, shares.get(row.pk), wishes.get(row.pk), claims.get(row.pk), at) for row in rows}


def _part(
    row: Premium, level: int, share: PremiumShare | None, wish: PremiumApplication | None,
    claim: PremiumClaim | None, at: datetime,
) -> PremiumMine:  # fmt: skip
    is_for_me, bought = is_for(row, level), share.bought if share else 0
    being_paid = claim.units if claim else 0
    cap = share.cap if share else 0 if row.apply_from else row.per_person
    until = share.window_ends_at if share and share.window_ends_at else row.sells_until
    is_selling = state_of(terms_of(row), at) == "selling" and is_for_me and at < until
    return PremiumMine(
        is_for_me=is_for_me,
        may_buy=min(cap - bought, row.units - row.sold) if is_selling else 0,
        bought=bought - being_paid,
        being_paid=being_paid,
        card_payment=claim.pk if claim else None,
        buy_until=until if cap > bought else None,
        ticket=wish.ticket if wish else None,
        wished=wish.wished if wish else None,
        rank=wish.rank if wish else None,
        allotted=share.cap if share and row.apply_from else None,
    )
