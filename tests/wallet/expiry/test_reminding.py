"""Before coins end their holder is told: thirty days before, seven and one; once each, and never twice on a day."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import psycopg
import pytest

from accounts.models.message import Dispatch
from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import assert_whole
from tests.wallet.town import Town, amount_of
from wallet import services
from wallet.engine.reminders import due, stage_of
from wallet.models import Expiry, ExpiryReminder
from wallet.selectors.balances import balance_of
from wallet.services import expiring, reminding

TODAY = date(2026, 11, 3)
MORNING = datetime(2026, 11, 3, 0, 20, tzinfo=UTC)  # 9:20 in Japan


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


@pytest.mark.parametrize(
    ("days_left", "stage"),
    [
        (31, None),
        (30, 30),
        (28, 30),
        (27, None),
        (8, None),
        (7, 7),
        (5, 7),
        (4, None),
        (2, None),
        (1, 1),
        (0, 1),
        (-1, None),
    ],
)
def test_the_stages(days_left, stage):
    assert stage_of(days_left) == stage


def test_the_soonest_end_that_is_worth_a_message_and_not_told_yet():
    ends = {day(1): 99, day(7): 500, day(30): 900}
    assert due(ends, set(), TODAY) == (day(7), 7, 500)
    assert due(ends, {(day(7), 7)}, TODAY) == (day(30), 30, 900)
    assert due(ends, {(day(7), 7), (day(30), 30)}, TODAY) is None


def test_one_message_a_day_and_the_other_on_the_next(town: Town):
    yuki = town.resident(("bonus", 500, day(7)), ("bonus", 300, day(7)), ("bonus", 900, day(30)))
    assert services.remind_of_expiry(at=MORNING) == 1
    assert services.remind_of_expiry(at=MORNING + timedelta(hours=2)) == 0
    assert services.remind_of_expiry(at=MORNING + timedelta(days=1)) == 1
    assert services.remind_of_expiry(at=MORNING + timedelta(days=2)) == 0
    told = ExpiryReminder.objects.order_by("told_on").values_list("account_id", "stage", "amount", "told_on")
    assert list(told) == [(yuki.account, 7, 800, TODAY), (yuki.account, 30, 900, day(1))]
    assert Dispatch.objects.count() == 2


def test_the_whole_life_of_a_lot_is_told_three_times(town: Town):
    town.resident(("bonus", 500, day(40)))
    told = [ahead for ahead in range(45) if services.remind_of_expiry(at=MORNING + timedelta(days=ahead))]
    assert told == [10, 33, 39]


def test_a_day_without_a_run_is_made_up_for(town: Town):
    town.resident(("bonus", 500, day(8)))
    assert services.remind_of_expiry(at=MORNING + timedelta(days=3)) == 1
    assert ExpiryReminder.objects.get().stage == 7


def test_little_spent_or_empty_is_not_told(town: Town):
    town.resident(("bonus", 99, day(7)))
    spender, till = town.resident(("bonus", 500, day(7))), town.till()
    services.pay(town.act(spender), code=till.code, amount=450)
    assert services.remind_of_expiry(at=MORNING) == 0


def test_the_day_is_that_of_japan(town: Town):
    town.resident(("bonus", 500, day(7)))
    assert services.remind_of_expiry(at=datetime(2026, 11, 2, 14, 59, 59, tzinfo=UTC)) == 0
    assert services.remind_of_expiry(at=datetime(2026, 11, 2, 15, 0, tzinfo=UTC)) == 1


def test_a_run_that_dies_is_taken_up_and_tells_nobody_twice(town: Town, monkeypatch):
    for _ in range(5):
        town.resident(("bonus", 500, day(7)))
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    real, calls = reminding.tell_holder, []

    def dies_at_the_fourth(*args, **named):
        calls.append(named)
        if len(calls) == 4:
            raise KeyboardInterrupt
        real(*args, **named)

    monkeypatch.setattr(reminding, "tell_holder", dies_at_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        services.remind_of_expiry(at=MORNING)
    assert (ExpiryReminder.objects.count(), Dispatch.objects.count()) == (2, 2)
    services.remind_of_expiry(at=MORNING)
    assert (ExpiryReminder.objects.count(), Dispatch.objects.count()) == (5, 5)


@pytest.mark.postgres
def test_five_runs_at_once_tell_everybody_once(town: Town):
    for _ in range(10):
        town.resident(("bonus", 500, day(7)))
    assert sum(all_at_once(partial(services.remind_of_expiry, at=MORNING) for _ in range(5))) == 10
    assert Dispatch.objects.count() == 10


# The sweep at midnight


def test_a_sweep_that_is_killed_in_the_middle_goes_on_where_it_stopped(town: Town, monkeypatch):
    people = [town.resident(("bonus", 500, TODAY), yen=100) for _ in range(5)]
    midnight = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
    real, calls = expiring.take_out, []

    def dies_at_the_third(*args):
        calls.append(args)
        amount = real(*args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return amount

    monkeypatch.setattr(expiring, "take_out", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        services.expire_lots(at=midnight)
    assert Expiry.objects.count() == 2
    assert {balance_of(person.account, at=midnight).available for person in people} == {100}  # swept or not
    monkeypatch.setattr(expiring, "take_out", real)
    seen: list[tuple[int, int]] = []
    assert services.expire_lots(at=midnight, progress=lambda done, of: seen.append((done, of))) == 1500
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert services.expire_lots(at=midnight) == 0
    assert {amount_of(person.account) for person in people} == {100}
    assert_whole()


@pytest.mark.postgres
def test_two_sweeps_at_once_take_each_coin_once(town: Town):
    for _ in range(10):
        town.resident(("bonus", 500, TODAY))
    midnight = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
    assert sum(all_at_once(partial(services.expire_lots, at=midnight) for _ in range(4))) == 5000
    assert Expiry.objects.count() == 10
    assert_whole()


@pytest.mark.postgres
def test_what_was_told_is_written_once(town: Town, committed_db):
    town.resident(("bonus", 500, day(7)))
    services.remind_of_expiry(at=MORNING)
    for forbidden in ("UPDATE wallet_expiryreminder SET amount = 1", "DELETE FROM wallet_expiryreminder"):
        with psycopg.connect(committed_db.owner_url) as owner, pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute(forbidden)
