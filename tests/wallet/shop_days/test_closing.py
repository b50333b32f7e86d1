"""A shop's day: every figure is the ledger's, till by till; it is closed once, and what comes later stands beside it."""

from datetime import timedelta
from functools import partial

import psycopg
import pytest

from accounts.models import Device, Organisation
from accounts.selectors.partners import OWN_DEVICES
from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.problems import NotAllowed, NotFound
from tests.concurrency.crowd import all_at_once
from tests.papers import Paper, keep, needs_fonts
from tests.wallet.audit import broken
from tests.wallet.coupons.shop import buy, campaign, citys, shops
from tests.wallet.town import NOON, TILL, Person
from wallet import services
from wallet.engine.months import Month
from wallet.engine.shop_day import DayFigures, Moved, by_till, digest, figures_of
from wallet.errors import DayClosed
from wallet.models import Posting, Shop, ShopClosing
from wallet.selectors.shop_closings import csv_of_day, late_on, lines_of, report_of

DAY = jst_date(NOON)
SOON = timedelta(minutes=5)


def worker(till) -> Person:
    return Person(till.cashier.actor, TILL | {"wallet.close_day"})


def closed(town, till, *, after=SOON, day=DAY):
    return services.close_day(town.act(worker(till), after=after), shop_id=till.id, day=day)


def posted(account_id) -> int:
    """Sum what the books moved on a shop's account."""
    rows = Posting.objects.values_list("credit_id", "debit_id", "amount")
    return sum((credit == account_id) * amount - (debit == account_id) * amount for credit, debit, amount in rows)


def a_day_of_trade(town, till):
    """Let one customer pay by the counter's code, by a charge, by their own code; use coupons; get back a part and a whole."""
    yuki, purse = town.resident(yen=20_000), campaign(town)
    citys(town, purse, stackable=True)
    shops(town, till, stackable=True)
    with_coupons = buy(town, yuki, till, 2_000)
    charge = services.create_charge(town.act(till.cashier), shop_id=till.id, amount=300)
    services.pay_at_once(town.act(yuki), code=charge.code, amount=300)
    code = town.customer_code(yuki)
    own = services.charge_customer_at_once(town.act(till.cashier), shop_id=till.id, customer_code=code, amount=450)
    services.refund_payment(town.act(till.cashier), payment_id=with_coupons.id, amount=500)
    services.void_payment(town.act(till.cashier), payment_id=own.id)
    services.top_up_at_shop(
        town.act(till.cashier), shop_id=till.id, customer_code=town.customer_code(yuki), amount=1_000
    )
    return yuki, with_coupons


def test_figures_add_up_by_kind_and_by_till():
    here, gone = new_id(NOON), new_id(NOON)
    moved = [
        Moved(1, "payment", 900, 100, 50), Moved(2, "payment", 300, 0, 0, here), Moved(3, "refund", 90, 10, 0, gone),
        Moved(4, "void", 300, 0, 0, here), Moved(5, "top_up", 1000, 0, 0, here),
    ]  # fmt: skip
    whole = figures_of(moved)
    assert whole == DayFigures(
        payments=2, customers=1200, city=100, own=50, refunds=1, refunded=90, refunded_city=10, voids=1, voided=300,
        top_ups=1, topped_up=1000,
    )  # fmt: skip
    assert (whole.paid, whole.back, whole.net) == (1300, 400, 900)
    tills = by_till(moved, {here: "レジ1"})
    assert [(each.place, each.label, each.figures.net) for each in tills] == [
        ("till", "レジ1", 0), ("staff", "", -100), ("code", "", 1000),
    ]  # fmt: skip
    assert digest(here, DAY, moved) != digest(here, DAY, moved[:-1])


def test_a_day_with_coupons_refunds_and_a_void_is_the_sum_of_the_books(town):
    till = town.till()
    _yuki, paid = a_day_of_trade(town, till)
    report = closed(town, till)
    figures = report.counted.figures
    assert (figures.payments, figures.customers, figures.city, figures.own) == (3, paid.amount + 750, 200, 100)
    assert paid.amount == 2_000 - 200 - 100
    assert (figures.refunds, figures.refunded, figures.refunded_city) == (1, 500, 200 * 500 // 1700)
    assert (figures.voids, figures.voided, figures.top_ups, figures.topped_up) == (1, 450, 1, 1_000)
    assert report.counted.net == report.total.net == posted(till.account)
    assert [(each.place, each.sums.figures.payments) for each in report.tills] == [("staff", 2), ("code", 1)]
    assert broken() == {}


def test_what_comes_after_the_closing_is_a_correction_and_the_day_stays_as_it_was(town):
    till = town.till()
    yuki, paid = a_day_of_trade(town, till)
    first = closed(town, till)
    services.pay_at_once(town.act(yuki, after=timedelta(hours=6)), code=till.code, amount=777)
    services.refund_payment(town.act(till.cashier, after=timedelta(hours=7)), payment_id=paid.id, amount=17)
    services.pay_at_once(town.act(yuki, after=timedelta(hours=15)), code=till.code, amount=5)  # past midnight in Japan
    shop = Shop.objects.get(pk=till.id)
    report = report_of(shop, DAY, at=NOON + timedelta(days=2))
    assert (report.counted, report.digest, report.tills) == (first.counted, first.digest, first.tills)
    assert [(each.kind, each.customer, each.city) for each in report.late] == [("payment", 777, 0), ("refund", 17, 2)]
    assert report.total.net == first.counted.net + 777 - 19
    assert report.total.net + 5 == posted(till.account)
    text = csv_of_day(report).decode("utf-8-sig")
    assert str(report.total.net) in text
    assert text.count("\n") == 1 + len(report.tills) + 1 + 2 + 1
    assert broken() == {}


def test_a_till_that_stands_there_has_its_own_line(town):
    till, yuki = town.till(), town.resident(yen=5_000)
    shop = Shop.objects.get(pk=till.id)
    Organisation.objects.create(id=shop.organisation_id, name="店", name_en="Shop", kind="merchant", created_at=NOON)
    device = Device.objects.create(
        id=new_id(NOON), client_id=OWN_DEVICES, organisation_id=shop.organisation_id, kind="till", label="入口のレジ",
        approved_by_id=till.cashier.actor, at=NOON, last_seen_at=NOON,
    )  # fmt: skip
    made = services.create_charge(town.act(Person(device.pk, TILL)), shop_id=till.id, amount=250)
    services.pay_at_once(town.act(yuki), code=made.code, amount=250)
    services.pay(town.act(yuki), code=till.code, amount=100)
    lines = [(each.place, each.label, each.sums.net) for each in closed(town, till).tills]
    assert lines == [("till", "入口のレジ", 250), ("code", "", 100)]
    Device.objects.filter(pk=device.pk).update(label="別の名前")
    assert report_of(shop, DAY, at=NOON).tills[0].label == "入口のレジ"  # as it was called then
    assert broken() == {}


def test_a_day_is_closed_once_in_its_time_by_who_works_there(town):
    till = town.till()
    with pytest.raises(NotAllowed):
        services.close_day(town.act(till.cashier), shop_id=till.id, day=DAY)
    with pytest.raises(NotFound):
        services.close_day(town.act(Person(till.cashier.actor)), shop_id=till.id, day=DAY)
    for day in (DAY + timedelta(days=1), DAY - timedelta(days=1)):
        with pytest.raises(NotFound):
            closed(town, till, day=day)
    act = town.act(worker(till), after=SOON, key="closing-one-day")
    first = services.close_day.answer(act, shop_id=till.id, day=DAY)
    again = town.act(worker(till), after=SOON, key="closing-one-day")
    assert services.close_day.answer(again, shop_id=till.id, day=DAY).body == first.body
    with pytest.raises(DayClosed):
        closed(town, till)
    assert (first.status, ShopClosing.objects.count()) == (201, 1)


@pytest.mark.postgres
def test_twenty_people_close_the_same_day_at_once_while_it_is_paid(town):
    till, yuki = town.till(), town.resident(yen=5_000)
    closings = [partial(closed, town, till) for _ in range(20)]
    payments = [partial(services.pay_at_once, town.act(yuki), code=till.code, amount=10) for _ in range(20)]
    outcomes = all_at_once([act for pair in zip(closings, payments, strict=True) for act in pair])
    assert outcomes.count("day_closed") == 19
    row = ShopClosing.objects.get()
    assert row.payments + len(late_on(row)) == 20
    assert broken() == {}


@pytest.mark.postgres
@pytest.mark.parametrize(
    "damage",
    ["customers = customers + 1", "digest = repeat('0', 64)", "counted = counted || 999999::bigint", "tills = '[]'"],
)
def test_a_closed_day_cannot_be_changed_and_the_audit_sees_what_passed_the_guard(town, committed_db, damage):
    till = town.till()
    a_day_of_trade(town, till)
    closed(town, till)
    change = f"UPDATE wallet_shopclosing SET {damage}"
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute(change)
        owner.execute("ALTER TABLE wallet_shopclosing DISABLE TRIGGER written_once")
        owner.execute(change)
    assert any("closed day" in name for name in broken())


def test_a_months_days_cost_two_queries(town, django_assert_num_queries):
    till, yuki = town.till(), town.resident(yen=5_000)
    for day in range(5):
        services.pay_at_once(town.act(yuki, after=timedelta(days=day)), code=till.code, amount=10)
    closed(town, till, after=timedelta(days=6), day=DAY + timedelta(days=2))
    services.pay_at_once(town.act(yuki, after=timedelta(days=2, hours=1)), code=till.code, amount=3)
    shop = Shop.objects.get(pk=till.id)
    with django_assert_num_queries(2):
        found = lines_of(shop, Month(2026, 11)).results
    assert [(each.sums.net, each.late, each.closed_at is not None) for each in found] == [
        (10, 0, False), (10, 0, False), (13, 3, True), (10, 0, False), (10, 0, False),
    ]  # fmt: skip


@needs_fonts
@pytest.mark.slow  # papers are set by a process of their own
def test_the_cashier_closes_the_day_and_takes_it_home_on_paper(city):
    hanako, shop = city.resident(yen=3000), city.shop("髙﨑商店")
    hanako.post("payments", {"code": shop.code, "amount": 1520})
    today = shop.cashier.get(f"shops/{shop.id}/days/today").json()
    assert (today["sums"]["net"], today["closed_at"]) == (1520, None)
    door = f"shops/{shop.id}/days/{today['day']}"
    assert shop.cashier.post(door).status_code == 201
    assert shop.manager.post(door).json()["code"] == "day_closed"
    (line,) = shop.manager.get(f"shops/{shop.id}/days").json()["results"]
    assert (line["day"], line["sums"]["net"], line["late"], line["closed_at"] is not None) == (
        today["day"],
        1520,
        0,
        True,
    )
    assert shop.cashier.get(f"{door}/file").content.decode("utf-8-sig").count("1520") >= 2
    answer = shop.cashier.get(shop.cashier.post(f"{door}/paper").json()["address"])
    keep("shop-day-ja.pdf", answer.content)
    paper = Paper(answer.content)
    assert paper.says_it_is_accessible()
    for words in ("髙﨑商店", "日計", "1,520", "据え置き"):
        assert words in paper.text
    assert shop.cashier.get(f"shops/{shop.id}/days/2026-02-30").status_code == 404
