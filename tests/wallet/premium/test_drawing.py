"""Applications, the draw, allotments in turn, and what happens to a machine that dies in between."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models.message import Dispatch
from kernel import draw
from kernel.draw.errors import DrawWaits
from kernel.principal import SYSTEM
from tests.kernel.draw.test_holding import Maker
from tests.wallet.audit import assert_whole
from tests.wallet.premium.fair import DRAWN, budget_left, made, sell
from tests.wallet.town import NOON, Person, Town, amount_of
from wallet import services
from wallet.errors import (
    PremiumCapReached,
    PremiumNotAllotted,
    PremiumNotApplying,
    PremiumNotForYou,
)
from wallet.models import Premium, PremiumApplication, PremiumShare
from wallet.selectors.premium import offer_for
from wallet.services.premium import allot, drawing, keep_party_half, name_premium_parties, reveal_party

CLOSED, DRAW, SALE = timedelta(days=7), timedelta(days=7, hours=2), timedelta(days=8)


def wish(town: Town, row: Premium, person: Person, units: int = 2, after: timedelta = timedelta()):
    return services.apply_for_premium(town.act(person, after=after), premium_id=row.pk, units=units)


def crowd(town: Town, row: Premium, count: int, units: int = 2) -> list[Person]:
    people = [town.resident() for _ in range(count)]
    for person in people:
        wish(town, row, person, units)
    return people


def move(town: Town, after: timedelta) -> None:
    services.move_draws(at=NOON + after)


def drawn(town: Town, count: int = 8, units: int = 2) -> tuple[Premium, list[Person]]:
    """Let so many apply for ten units, and draw."""
    row = made(town, DRAWN)
    people = crowd(town, row, count, units)
    move(town, CLOSED)
    move(town, DRAW)
    return row, people


def by_rank(row: Premium) -> list[PremiumApplication]:
    return list(PremiumApplication.objects.filter(premium=row, rank__isnull=False).order_by("rank"))


def test_a_wish_is_changed_and_taken_back_until_the_deadline(town: Town):
    row, yuki = made(town, DRAWN), town.resident()
    first = wish(town, row, yuki, 3).mine
    second = wish(town, row, yuki, 1).mine
    assert (first.wished, second.wished, second.ticket.endswith("-1")) == (3, 1, True)
    assert first.ticket != second.ticket
    assert PremiumApplication.objects.count() == 1
    assert services.withdraw_from_premium(town.act(yuki), premium_id=row.pk).mine.ticket is None
    wish(town, row, yuki, 2, after=CLOSED - timedelta(microseconds=1))
    for late in (services.withdraw_from_premium, services.apply_for_premium):
        with pytest.raises(PremiumNotApplying):
            late(
                town.act(yuki, after=CLOSED),
                premium_id=row.pk,
                **({"units": 1} if late != services.withdraw_from_premium else {}),
            )
    assert PremiumApplication.objects.get().wished == 2


def test_who_wishes_too_much_or_is_not_known_enough_is_refused(town: Town):
    row, yuki = made(town, DRAWN), town.resident()
    for units in (0, 4):
        with pytest.raises(PremiumCapReached):
            wish(town, row, yuki, units)
    residents_only = made(town, DRAWN, who="resident")
    guest = Person(yuki.actor, account=yuki.account, account_level=0)
    with pytest.raises(PremiumNotForYou):
        wish(town, residents_only, guest, 1)
    assert PremiumApplication.objects.count() == 0


def test_ten_units_go_to_the_first_five_by_rank_and_everybody_is_told_once(town: Town):
    row, people = drawn(town)
    assert [each.rank for each in by_rank(row)] == list(range(1, 9))
    shares = {each.account_id: each for each in PremiumShare.objects.all()}
    assert [shares[each.account_id].cap if each.account_id in shares else 0 for each in by_rank(row)] == [2] * 5 + [
        0
    ] * 3
    assert PremiumApplication.objects.filter(told_at=None).count() == 0
    told = Dispatch.objects.values_list("resident_id", flat=True)
    assert sorted(told) == sorted(person.actor for person in people)
    move(town, DRAW + timedelta(minutes=5))
    assert Dispatch.objects.count() == 8
    assert draw.faults_of(row.draw_id) == []
    assert_whole()


def test_the_last_by_rank_gets_what_is_left(town: Town):
    row, _people = drawn(town, count=5, units=3)
    caps = [
        PremiumShare.objects.filter(account_id=each.account_id).values_list("cap", flat=True).first()
        for each in by_rank(row)
    ]
    assert caps == [3, 3, 3, 1, None]


def test_winners_buy_what_was_allotted_and_others_nothing(town: Town):
    row, _people = drawn(town)
    winner, loser = by_rank(row)[0], by_rank(row)[-1]
    first, last = (next(p for p in town.people if p.account == each.account_id) for each in (winner, loser))
    sell(town, row, first, 2, after=SALE)
    with pytest.raises(PremiumCapReached):
        sell(town, row, first, 1, after=SALE)
    with pytest.raises(PremiumNotAllotted):
        sell(town, row, last, 1, after=SALE)
    assert (amount_of(first.account), amount_of(last.account), budget_left(row)) == (12_000, 0, 8000)
    assert_whole()


def test_what_is_not_bought_in_time_goes_to_the_next_by_rank(town: Town):
    row, _people = drawn(town)
    ranks = by_rank(row)
    buyer = next(person for person in town.people if person.account == ranks[0].account_id)
    sell(town, row, buyer, 1, after=SALE)
    ends = PremiumShare.objects.first().window_ends_at
    assert (
        ends.isoformat() == "2026-11-25T15:00:00+00:00"
    )  # the whole of the fourteenth day after 11 November, in Japan
    move(town, ends - NOON - timedelta(seconds=1))
    assert PremiumShare.objects.filter(cap__gt=0).count() == 5
    move(town, ends - NOON)
    caps = {each.account_id: each.cap for each in PremiumShare.objects.all()}
    assert [caps.get(each.account_id) for each in ranks] == [1, 0, 0, 0, 0, 2, 2, 2]
    assert Dispatch.objects.count() == 8 + 3 + 1  # the results, those who came after, and the one purchase
    late = next(person for person in town.people if person.account == ranks[7].account_id)
    sell(town, row, late, 2, after=ends - NOON)
    assert_whole()


def test_without_any_application_nothing_is_drawn(town: Town):
    row = made(town, DRAWN)
    move(town, CLOSED)
    move(town, DRAW)
    assert draw.draw_named(row.draw_id).state == "open"
    assert Premium.objects.get(pk=row.pk).allotted_at is not None
    assert_whole()


def test_a_machine_that_dies_in_the_middle_of_the_draw_has_drawn_nothing(town: Town, monkeypatch):
    row = made(town, DRAWN)
    crowd(town, row, 8)
    move(town, CLOSED)
    real = drawing._give

    def dies(*args, **named):
        real(*args, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(drawing, "_give", dies)
    with pytest.raises(KeyboardInterrupt):
        move(town, DRAW)
    assert (draw.draw_named(row.draw_id).state, PremiumShare.objects.count()) == ("committed", 0)
    assert draw.places_of(row.draw_id) == []
    monkeypatch.setattr(drawing, "_give", real)
    move(town, DRAW)
    assert (draw.draw_named(row.draw_id).state, PremiumShare.objects.count()) == ("drawn", 5)
    assert_whole()


def test_a_machine_that_dies_while_telling_tells_the_rest_and_nobody_twice(town: Town, monkeypatch):
    row = made(town, DRAWN)
    crowd(town, row, 8)
    move(town, CLOSED)
    monkeypatch.setattr(drawing, "AT_ONCE", 3)
    real, calls = drawing._tell, []

    def dies_at_the_fifth(*args):
        calls.append(args)
        if len(calls) == 5:
            raise KeyboardInterrupt
        real(*args)

    monkeypatch.setattr(drawing, "_tell", dies_at_the_fifth)
    with pytest.raises(KeyboardInterrupt):
        move(town, DRAW)
    assert Dispatch.objects.count() == 3
    move(town, DRAW + timedelta(minutes=5))
    assert Dispatch.objects.count() == 8
    assert len(set(Dispatch.objects.values_list("resident_id", flat=True))) == 8


def test_the_draw_waits_for_its_time(town: Town):
    row = made(town, DRAWN)
    crowd(town, row, 2)
    move(town, CLOSED)
    with pytest.raises(DrawWaits):
        services.draw_premium(town.act(SYSTEM, after=CLOSED), premium_id=row.pk)
    with pytest.raises(DrawWaits):
        allot(town.act(SYSTEM, after=CLOSED), premium_id=row.pk, beat=None)
    assert PremiumShare.objects.count() == 0


def test_three_parties_make_the_seed_of_a_campaign(town: Town):
    row = made(town, DRAWN, source="parties")
    crowd(town, row, 3)
    makers = [Maker(name) for name in ("市役所", "商工会議所", "住民代表")]
    name_premium_parties(town.act(SYSTEM), premium_id=row.pk, parties=[maker.party for maker in makers])
    move(town, CLOSED)
    assert draw.draw_named(row.draw_id).state == "open"  # the halves are not confirmed yet
    for number in (1, 2, 3):
        for half in (1, 2):
            keep_party_half(town.act(SYSTEM), premium_id=row.pk, number=number, half=half)
    move(town, CLOSED)
    for number, maker in enumerate(makers, start=1):
        reveal_party(town.act(SYSTEM, after=CLOSED), premium_id=row.pk, number=number, value=maker.value.hex())
    move(town, DRAW)
    assert PremiumShare.objects.count() == 3
    assert_whole()


def test_one_sees_ones_own_place(town: Town):
    row, people = drawn(town)
    mine = offer_for(people[0], row.pk, at=NOON + SALE).mine
    own = PremiumApplication.objects.get(account_id=people[0].account)
    assert (mine.ticket, mine.rank, mine.wished) == (own.ticket, own.rank, 2)
    assert mine.may_buy == (2 if own.rank <= 5 else 0)


@pytest.mark.postgres
def test_the_tables_keep_a_wish_once_the_list_is_fixed(town: Town):
    row, _people = drawn(town)
    late = town.resident()
    for forbidden, values in (
        ("UPDATE wallet_premiumapplication SET wished = 3", []),
        ("UPDATE wallet_premiumapplication SET rank = rank + 100", []),
        ("UPDATE wallet_premiumapplication SET withdrawn_at = applied_at", []),
        (
            "INSERT INTO wallet_premiumapplication VALUES (%s, 1, 'LATECOMER-1', now(), NULL, NULL, NULL, %s, %s)",
            [late.actor, late.account, row.pk],
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(forbidden, values)
    assert_whole()
