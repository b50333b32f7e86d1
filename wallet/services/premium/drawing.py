"""The draw of a campaign: the list is fixed, the places are reckoned, units are allotted, and everybody is told.

Each step is one transaction and may be asked again: a machine that dies between two of them, or in the middle of one, goes on
where it stopped. The kernel's draw decides; nothing here chooses anybody.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import F, QuerySet, Sum

from accounts.notifications import Value, names_of
from kernel import draw
from kernel.clock import jst_date, jst_midnight
from kernel.draw.errors import BeaconSilent, BeaconUntrue, DrawWaits, PartiesNotReady
from kernel.principal import SYSTEM
from kernel.use_case import Act, use_case
from wallet.errors import PremiumNotApplying
from wallet.models import Premium, PremiumApplication, PremiumShare, PremiumWay
from wallet.services.premium.making import check_right, locked_premium
from wallet.services.telling import tell_holder

AT_ONCE = 200
AHEAD = timedelta(minutes=2)  # of the draw, where the list is fixed later than it was meant to be


class PremiumDrawn(msgspec.Struct, frozen=True):
    """How far a campaign's draw is: its state, and how many hold an allotment."""

    id: UUID
    state: str
    allotted: int


@use_case("wallet.close_premium_applications")
def close_applications(act: Act, *, premium_id: UUID) -> PremiumDrawn:
    """Fix the list of tickets once applications are over. Locks: the campaign, the draw.

    Without any application there is nothing to draw: the units stay unsold until the campaign ends.

    :raises NotAllowed: :raises PremiumNotApplying: before the deadline; :raises PartiesNotReady:
    """
    check_right(act.principal)
    row = _drawn_way(premium_id)
    assert row.apply_until is not None and row.draw_at is not None and row.draw_id is not None  # noqa: S101, PT018 - the way's CHECK
    if act.at < row.apply_until:
        raise PremiumNotApplying
    if draw.draw_named(row.draw_id).state == "open":
        tickets = list(_live(row).order_by("ticket").values_list("ticket", flat=True))
        if tickets:
            draw.add_tickets(act, row.draw_id, tickets)
            draw.commit(act, row.draw_id, draw_at=max(row.draw_at, act.at + AHEAD))
        elif row.allotted_at is None:
            row.allotted_at = act.at
            row.save(update_fields=["allotted_at"])
        act.audit(what={"premium_id": str(premium_id), "tickets": len(tickets)})
    return _state(row)


def draw_premium(act: Act, *, premium_id: UUID) -> PremiumDrawn:
    """Read the random number that was named, and allot the units. Refusals of the kernel's draw; :raises NotAllowed:"""
    check_right(act.principal)
    beat = draw.fetch(draw_of(premium_id), at=act.at)
    return allot(act, premium_id=premium_id, beat=beat)


def draw_of(premium_id: UUID) -> UUID:
    """Return the draw of a campaign; :raises PremiumNotApplying: for one that sells first come, first served."""
    found = Premium.objects.filter(pk=premium_id).values_list("draw_id", flat=True).first()
    if found is None:
        raise PremiumNotApplying
    return found


@use_case("wallet.draw_premium")
def allot(act: Act, *, premium_id: UUID, beat: draw.Beat | None) -> PremiumDrawn:
    """Draw, and give each in turn as many units as they wished, the last one what is left. Locks: the campaign, the draw.

    A draw that is over gives what it gave.
    """
    check_right(act.principal)
    row = _drawn_way(premium_id)
    assert row.draw_id is not None  # noqa: S101 - the way's CHECK
    places = draw.draw_places(act, row.draw_id, beat)
    if row.allotted_at is None:
        wishes = {each.ticket: each for each in _live(row)}
        for place in places:
            wishes[place.ticket].rank = place.rank
        PremiumApplication.objects.bulk_update(wishes.values(), ["rank"], batch_size=1000)
        won = [(wishes[place.ticket], int(place.won)) for place in places if place.won]
        _give(row, won, from_when=max(act.at, row.sells_from))
        row.allotted_at = act.at
        row.save(update_fields=["allotted_at"])
        act.audit(what={"premium_id": str(premium_id), "applications": len(places), "allotted": len(won)})
    return _state(row)


@use_case("wallet.pass_on_premium")
def pass_on(act: Act, *, premium_id: UUID) -> PremiumDrawn:
    """Let allotments that were not bought in time go to the next by rank, with a time of their own. Locks: the campaign.

    Nobody is passed over: the next are those who came after the last rank that was given something.
    """
    check_right(act.principal)
    row = _drawn_way(premium_id)
    if row.allotted_at is None or row.ended_at is not None or act.at >= row.sells_until:
        return _state(row)
    PremiumShare.objects.filter(premium=row, window_ends_at__lte=act.at, cap__gt=F("bought")).update(cap=F("bought"))
    free = row.units - (PremiumShare.objects.filter(premium=row).aggregate(total=Sum("cap"))["total"] or 0)
    have = PremiumShare.objects.filter(premium=row).values("account_id")
    waiting = _live(row).filter(rank__isnull=False).exclude(account_id__in=have).order_by("rank")
    given: list[tuple[PremiumApplication, int]] = []
    for wish in waiting[: max(free, 0)]:
        got = min(free, wish.wished)
        free -= got
        given += [(wish, got)] if got else []
    _give(row, given, from_when=act.at)
    PremiumApplication.objects.filter(pk__in=[wish.pk for wish, _got in given]).update(told_at=None)
    if given:
        act.audit(what={"premium_id": str(premium_id), "passed_on_to": len(given)})
    return _state(row)


def tell_results(premium_id: UUID, *, at: datetime) -> int:
    """Tell everybody who is not told yet how the draw came out, some hundreds a transaction; return how many."""
    told = 0
    while some := tell_some(Act(SYSTEM, at=at), premium_id=premium_id):
        told += some
    return told


@use_case("wallet.tell_premium_results")
def tell_some(act: Act, *, premium_id: UUID) -> int:
    """Tell the next of them; their mark and their message stand or fall together."""
    row = Premium.objects.get(pk=premium_id)
    untold = PremiumApplication.objects.select_for_update(skip_locked=True).filter(
        premium=row, rank__isnull=False, told_at=None
    )
    some = list(untold.order_by("rank")[:AT_ONCE])
    shares = {
        each.account_id: each
        for each in PremiumShare.objects.filter(premium=row, account_id__in=[wish.account_id for wish in some])
    }
    for wish in some:
        _tell(act, row, wish, shares.get(wish.account_id))
    PremiumApplication.objects.filter(pk__in=[wish.pk for wish in some]).update(told_at=act.at)
    act.audit(what={"premium_id": str(premium_id), "told": len(some)})
    return len(some)


def move_draws(*, at: datetime) -> int:
    """Do what is due for every campaign with a draw: fix lists, draw, pass on, tell. Return how many were looked at."""
    due = Premium.objects.filter(way=PremiumWay.DRAW, ended_at=None, apply_until__lte=at, sells_until__gt=at)
    keys = list(due.order_by("id").values_list("id", flat=True))
    for key in keys:
        _move(key, at)
    return len(keys)


def _move(key: UUID, at: datetime) -> None:
    try:
        close_applications(Act(SYSTEM, at=at), premium_id=key)
        if Premium.objects.filter(pk=key, allotted_at=None).exists():
            draw_premium(Act(SYSTEM, at=at), premium_id=key)
    except (DrawWaits, PartiesNotReady, BeaconSilent, BeaconUntrue):
        return  # the next run asks again; nothing was decided
    pass_on(Act(SYSTEM, at=at), premium_id=key)
    tell_results(key, at=at)


def _give(row: Premium, given: Sequence[tuple[PremiumApplication, int]], *, from_when: datetime) -> None:
    assert row.window_days is not None  # noqa: S101 - the way's CHECK
    last = jst_midnight(jst_date(from_when) + timedelta(days=row.window_days + 1))
    ends_at = min(last, row.sells_until)
    PremiumShare.objects.bulk_create(
        (PremiumShare(premium=row, account_id=wish.account_id, cap=got, window_ends_at=ends_at) for wish, got in given),
        batch_size=1000,
    )


def _tell(act: Act, row: Premium, wish: PremiumApplication, share: PremiumShare | None) -> None:
    values: dict[str, Value] = {"name": names_of(row), "premium": str(row.pk)}
    message = "wallet.premium_waiting"
    if share is not None and share.window_ends_at is not None:
        message = "wallet.premium_won"
        last_day = jst_date(share.window_ends_at - timedelta(microseconds=1))
        values |= {"units": share.cap, "amount": share.cap * row.unit_yen, "until": last_day}
    tell_holder(act, account_id=wish.account_id, message=message, values=values, dedupe=_mark(wish, message))


def _mark(wish: PremiumApplication, message: str) -> UUID:
    """Return what makes this message one of its kind: the application, told once that it waits and once that it won."""
    return UUID(int=wish.pk.int ^ (message == "wallet.premium_won"))


def _drawn_way(premium_id: UUID) -> Premium:
    row = locked_premium(premium_id)
    if row.way != PremiumWay.DRAW:
        raise PremiumNotApplying
    return row


def _live(row: Premium) -> "QuerySet[PremiumApplication]":
    return PremiumApplication.objects.filter(premium=row, withdrawn_at=None)


def _state(row: Premium) -> PremiumDrawn:
    assert row.draw_id is not None  # noqa: S101 - the way's CHECK
    allotted = PremiumShare.objects.filter(premium=row, cap__gt=0).count()
    return PremiumDrawn(id=row.pk, state=draw.draw_named(row.draw_id).state, allotted=allotted)
