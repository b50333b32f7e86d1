"""The counter's till: opened with a float, filled by top-ups, counted at the end of the day, signed by a second officer."""

from datetime import timedelta

import psycopg
import pytest

from accounts.models import Resident
from kernel.ids import new_id
from kernel.principal import SYSTEM
from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import assert_whole, broken
from tests.wallet.test_admin import at_the_desk
from tests.wallet.town import Person, amount_of
from wallet import services
from wallet.errors import (
    CountUnsound,
    DifferenceUnexplained,
    HandOverDiffers,
    SecondPersonNeeded,
    TillAlreadySigned,
    TillNotOpen,
    TillOfAnotherDay,
    TillStillOpen,
)
from wallet.models import CashTill, CashTillEntry
from wallet.selectors.tills import csv_of_day, left_open

FLOAT = {"1000": 10, "500": 20, "100": 50}  # 25,000 yen


def officer(town) -> Person:
    row = Resident.objects.create(id=new_id(town.at), created_at=town.at)
    return Person(row.pk, frozenset({"wallet.keep_till", "wallet.top_up_at_counter"}))


def top_up(town, who, person, amount, *, after=timedelta()):
    code = town.customer_code(person, after=after)
    return services.top_up_at_counter(town.act(who, after=after), customer_code=code, amount=amount)


def open_till(town, who, *, name="会計課", after=timedelta(), **more):
    counter = services.open_counter(town.act(SYSTEM), name=name).id
    return services.open_till(town.act(who, after=after), counter_id=counter, count=more.pop("count", FLOAT), **more)


def close(town, who, till, *, after=timedelta(), **more):
    return services.close_till(town.act(who, after=after), till_id=till.id, **more)


def test_a_city_without_counters_tops_up_without_tills(town):
    yuki = town.resident(yen=1)
    top_up(town, officer(town), yuki, 3_000)
    assert (amount_of(yuki.account), CashTillEntry.objects.count()) == (3_001, 0)


def test_a_day_at_the_counter(town):
    yuki, mio, ken = town.resident(yen=1), officer(town), officer(town)
    till = open_till(town, mio)
    assert (till.float_yen, till.state) == (25_000, "open")
    top_up(town, mio, yuki, 10_000)
    top_up(town, mio, yuki, 3_000, after=timedelta(hours=1))
    evening = timedelta(hours=5)
    with pytest.raises(DifferenceUnexplained) as refused:
        close(town, mio, till, count=FLOAT | {"10000": 1}, after=evening)
    assert refused.value.members == {"difference": -3_000}
    assert CashTill.objects.get().closed_at is None
    closed = close(town, mio, till, count=FLOAT | {"10000": 1, "1000": 13}, after=evening)
    assert (closed.top_ups, closed.taken, closed.expected, closed.counted, closed.difference) == (
        2,
        13_000,
        38_000,
        38_000,
        0,
    )
    with pytest.raises(SecondPersonNeeded):
        services.sign_till(town.act(mio, after=evening), till_id=till.id)
    assert services.sign_till(town.act(ken, after=evening), till_id=till.id).state == "signed"
    with pytest.raises(TillAlreadySigned):
        services.sign_till(town.act(ken, after=evening), till_id=till.id)
    lines = csv_of_day(till.day).decode("utf-8-sig").splitlines()
    assert lines[1] == "2026-11-03,会計課,25000,2,13000,38000,38000,0,signed"
    assert lines[2] == "2026-11-03,合計,,2,13000,,,,"
    assert CashTillEntry.objects.filter(till=till.id).count() == 2
    assert_whole()


def test_a_difference_is_kept_with_its_reason(town):
    mio = officer(town)
    till = open_till(town, mio)
    closed = close(town, mio, till, count=FLOAT | {"10": 3}, why="両替の誤りと思われる")
    assert (closed.difference, CashTill.objects.get().why) == (30, "両替の誤りと思われる")
    assert_whole()


def test_without_an_open_till_no_cash_is_taken_once_there_is_a_counter(town):
    yuki, mio = town.resident(yen=1), officer(town)
    till = open_till(town, mio)
    with pytest.raises(TillNotOpen):
        top_up(town, officer(town), yuki, 3_000)
    close(town, mio, till, count=FLOAT)
    with pytest.raises(TillNotOpen):
        top_up(town, mio, yuki, 3_000)
    assert (amount_of(yuki.account), CashTillEntry.objects.count()) == (1, 0)


def test_a_till_that_was_left_open_over_midnight_is_counted_first(town):
    yuki, mio, ken = town.resident(yen=1), officer(town), officer(town)
    till = open_till(town, mio)
    tomorrow = timedelta(hours=22)
    with pytest.raises(TillOfAnotherDay) as refused:
        top_up(town, mio, yuki, 3_000, after=tomorrow)
    assert refused.value.members == {"day": "2026-11-03"}
    for who, name in ((mio, "別の窓口"), (ken, "会計課")):
        with pytest.raises(TillStillOpen):
            open_till(town, who, name=name, after=tomorrow)
    assert [row.pk for row in left_open(till.day + timedelta(days=1))] == [till.id]
    close(town, ken, till, count=FLOAT, after=tomorrow)
    open_till(town, mio, after=tomorrow)
    top_up(town, mio, yuki, 3_000, after=tomorrow)
    assert amount_of(yuki.account) == 3_001
    assert_whole()


def test_a_till_is_handed_over_with_what_was_counted(town):
    mio, ken = officer(town), officer(town)
    first = open_till(town, mio)
    close(town, mio, first, count=FLOAT)
    with pytest.raises(HandOverDiffers):
        open_till(town, ken, count={"1000": 24}, takes_over=first.id)
    assert open_till(town, ken, takes_over=first.id).float_yen == 25_000
    assert CashTill.objects.get(opened_by=ken.actor).taken_over_id == first.id
    assert_whole()


@pytest.mark.parametrize("count", [{"300": 1}, {"100": -1}, {"100": True}, {"100": 10**6}])
def test_what_is_no_count_opens_nothing(town, count):
    with pytest.raises(CountUnsound):
        open_till(town, officer(town), count=count)
    assert CashTill.objects.count() == 0


@pytest.mark.postgres
def test_a_top_up_and_the_count_at_once_leave_no_yen_between(town):
    yuki, mio, ken = town.resident(yen=1), officer(town), officer(town)
    till = open_till(town, mio)
    codes = [town.customer_code(yuki) for _ in range(8)]

    def take(code):
        return lambda: services.top_up_at_counter(town.act(mio), customer_code=code, amount=1_000)

    all_at_once(
        [
            *map(take, codes),
            lambda: close(town, ken, till, count=FLOAT, why="確認中"),
            lambda: close(town, ken, till, count=FLOAT),
        ]
    )
    row = CashTill.objects.get()
    assert row.expected == 25_000 + sum(CashTillEntry.objects.values_list("amount", flat=True))
    assert amount_of(yuki.account) == 1 + row.expected - 25_000
    assert_whole()


@pytest.mark.postgres
def test_the_audit_finds_a_till_that_was_changed_by_sql(town, committed_db):
    yuki, mio = town.resident(yen=1), officer(town)
    till = open_till(town, mio)
    top_up(town, mio, yuki, 3_000)
    close(town, mio, till, count=FLOAT | {"1000": 13})
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        for refused in ("UPDATE wallet_cashtill SET counted = counted + 1, expected = expected + 1",
                        "UPDATE wallet_cashtill SET float_yen = 1", "DELETE FROM wallet_cashtill",
                        "UPDATE wallet_cashtillentry SET amount = 1", "DELETE FROM wallet_cashtillentry"):  # fmt: skip
            with pytest.raises(psycopg.IntegrityError):
                owner.execute(refused)
        owner.execute("ALTER TABLE wallet_cashtillentry DISABLE TRIGGER USER")
        owner.execute("UPDATE wallet_cashtillentry SET amount = 2000")
    assert list(broken()) == [
        "a till holds its float and the counter's cash of its time, each once; its count is what was counted"
    ]


def test_the_desk_opens_counts_and_signs(city):
    officer_of_the_city, administrator = (at_the_desk(each) for each in city.city_office())
    administrator.post("/admin/tills/", {"deed": "counter", "name": "会計課"})
    page = officer_of_the_city.get("/admin/tills/").content.decode()
    assert "この釣り銭でレジを開ける" in page
    counter = CashTill._meta.get_field("counter").related_model.objects.get()
    officer_of_the_city.post("/admin/tills/", {"deed": "open", "counter": str(counter.pk), "n1000": "5"})
    till = CashTill.objects.get()
    assert till.float_yen == 5_000
    officer_of_the_city.post("/admin/tills/", {"deed": "close", "till": str(till.pk), "n1000": "x"})
    assert CashTill.objects.get().closed_at is None
    officer_of_the_city.post("/admin/tills/", {"deed": "close", "till": str(till.pk), "n1000": "5"})
    officer_of_the_city.post("/admin/tills/", {"deed": "sign", "till": str(till.pk)})
    assert CashTill.objects.get().signed_at is None
    administrator.post("/admin/tills/", {"deed": "sign", "till": str(till.pk)})
    assert CashTill.objects.get().signed_at is not None
    day = CashTill.objects.get().day
    assert officer_of_the_city.get(f"/admin/tills/{day}.csv").status_code == 200
    assert officer_of_the_city.get("/admin/tills/nonsense.csv").status_code == 404
    assert at_the_desk(city.shop().manager).get("/admin/tills/").status_code in (302, 403)
