"""Statements on paper: every figure is the ledger's, in the reader's language, fetched once by who may have it."""

from datetime import timedelta

import pytest

from kernel.clock import jst_date
from tests.papers import Paper, keep, needs_fonts
from tests.wallet.coupons.shop import buy, campaign, citys
from tests.wallet.town import NOON
from wallet import services
from wallet.engine.months import Month, months_between
from wallet.models import Balance, Journal, Posting
from wallet.selectors.shop_days import ShopDay, day_of, days_of, shop_month, total_of
from wallet.selectors.statements import months_of, statement_of

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)


def pay(town, person, till, amount: int, *, after: timedelta = timedelta()) -> str:
    return services.pay(town.act(person, after=after), code=till.code, amount=amount).id


def test_months_roll_over_the_year() -> None:
    assert [str(month) for month in months_between(Month(2026, 11), Month(2027, 2))] == [
        "2027-02", "2027-01", "2026-12", "2026-11",
    ]  # fmt: skip
    assert [Month.read(text) for text in ("2026-13", "2026-1", "1999-01", "2026-11\n", "x")] == [None] * 5
    assert (Month.read("2026-12").begins.isoformat(), Month.read("2026-12").ends.isoformat()) == (
        "2026-11-30T15:00:00+00:00", "2026-12-31T15:00:00+00:00",
    )  # fmt: skip


def test_a_month_begins_with_what_the_one_before_ended_with(town) -> None:
    hanako = town.resident(("bonus", 500, jst_date(NOON + timedelta(days=40))), yen=3000)
    till = town.till()
    first = pay(town, hanako, till, 700)
    services.refund_payment(town.act(till.cashier, after=timedelta(hours=1)), payment_id=first, amount=100)
    at_midnight = DECEMBER.begins - NOON
    pay(town, hanako, till, 1, after=at_midnight - timedelta(microseconds=1))
    pay(town, hanako, till, 1000, after=at_midnight)
    november, december = statement_of(hanako.account, NOVEMBER), statement_of(hanako.account, DECEMBER)
    assert (november.opening, november.came, november.went, november.closing) == (0, 3600, 701, 2899)
    assert (december.opening, december.came, december.went, december.closing) == (2899, 0, 1000, 1899)
    assert december.closing == Balance.objects.get(pk=hanako.account).amount
    for month in (november, december):
        assert sum(lot.remaining for lot in month.lots) == month.closing
    assert [(lot.kind, lot.remaining) for lot in november.lots] == [("paid", 2899)]
    assert [month.month for month in months_of(hanako.account, at=DECEMBER.begins).results] == ["2026-12", "2026-11"]
    assert [month.is_complete for month in months_of(hanako.account, at=DECEMBER.begins).results] == [False, True]


def test_a_shops_days_are_what_was_posted_to_its_account(town) -> None:
    hanako, till = town.resident(yen=9000), town.till()
    other = town.till("別の店")
    today = pay(town, hanako, till, 700)
    cancelled = pay(town, hanako, till, 300)
    pay(town, hanako, other, 5)
    services.void_payment(town.act(till.cashier), payment_id=cancelled)
    held = services.hold(town.act(till.cashier), shop_id=till.id, customer_code=town.customer_code(hanako), amount=900)
    services.capture_hold(town.act(till.cashier), hold_id=held.id, amount=650)
    code = town.customer_code(hanako)
    services.top_up_at_shop(town.act(till.cashier), shop_id=till.id, customer_code=code, amount=2000)
    tomorrow = timedelta(days=1)
    services.refund_payment(town.act(till.cashier, after=tomorrow), payment_id=today, amount=50)
    services.fold_credits()
    first = ShopDay(jst_date(NOON), 3, 1650, 0, 0, 1, 300, 1, 2000)
    second = ShopDay(jst_date(NOON + tomorrow), refunds=1, refunded=50)
    assert shop_month(till.id, NOVEMBER) == [first, second]
    assert day_of(till.id, first.day) == first
    assert day_of(till.id, jst_date(NOON - tomorrow)) == ShopDay(jst_date(NOON - tomorrow))
    for day, at in ((first, NOON), (second, NOON + tomorrow)):
        journals = Journal.objects.filter(at=at)
        came = sum(Posting.objects.filter(credit=till.account, journal__in=journals).values_list("amount", flat=True))
        went = sum(Posting.objects.filter(debit=till.account, journal__in=journals).values_list("amount", flat=True))
        assert (day.paid, day.refunded + day.voided, day.net) == (came, went, came - went)
    assert total_of([first, second], day=first.day).net == Balance.objects.get(pk=till.account).amount


def test_the_citys_part_of_a_coupon_is_the_shops_as_well(town) -> None:
    yuki, till, noon = town.resident(yen=10_000), town.till(), jst_date(NOON)
    citys(town, campaign(town))
    paid = buy(town, yuki, till, 1_000)
    assert (paid.amount, day_of(till.id, noon)) == (900, ShopDay(noon, payments=1, paid=1_000))
    services.refund_payment(town.act(till.cashier), payment_id=paid.id, amount=900)
    assert day_of(till.id, noon) == ShopDay(noon, payments=1, paid=1_000, refunds=1, refunded=1_000)


def test_a_months_figures_cost_seven_queries(town, django_assert_num_queries) -> None:
    hanako, till = town.resident(yen=9000), town.till()
    for number in range(12):
        pay(town, hanako, till, 10, after=timedelta(days=number))
    with django_assert_num_queries(7):
        assert len(days_of(till.id, NOVEMBER.begins, NOVEMBER.ends)) == 12


@needs_fonts
@pytest.mark.slow  # papers are set by a process of their own
def test_hanako_takes_her_statement_home_once(city) -> None:
    hanako, shop, taro = city.resident(yen=3000), city.shop(), city.resident(yen=10)
    hanako.post("payments", {"code": shop.code, "amount": 520})
    month = hanako.get("statements").json()["results"][0]["month"]
    address = hanako.post("statements", {"month": month}, language="en").json()["address"]
    assert taro.get(address).json()["code"] == "download_spent"
    answer = hanako.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/pdf", "no-store")
    assert answer["Content-Disposition"] == f'attachment; filename="machi-statement-{month}.pdf"'
    keep("statement-en.pdf", answer.content)
    paper = Paper(answer.content)
    assert (paper.language, paper.fonts_without_file()) == ("en-GB", [])
    assert paper.says_it_is_accessible()
    for words in ("Kijima coin", "Mihon Shokudo", "3,000", "−520", "2,480"):
        assert words in paper.text
    assert hanako.get(address).status_code == 410
    assert hanako.post("statements", {"month": "2099-01"}).status_code == 404


@needs_fonts
@pytest.mark.slow  # papers are set by a process of their own
def test_the_manager_reads_the_shops_month_and_the_cashier_does_not(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop("髙﨑商店")
    hanako.post("payments", {"code": shop.code, "amount": 1520})
    month = shop.manager.get(f"shops/{shop.id}/statements").json()["results"][0]["month"]
    assert shop.cashier.get(f"shops/{shop.id}/statements").status_code == 403
    assert shop.cashier.post(f"shops/{shop.id}/statements", {"month": month}).status_code == 403
    assert hanako.post(f"shops/{shop.id}/statements", {"month": month}).status_code == 404
    answer = shop.manager.get(shop.manager.post(f"shops/{shop.id}/statements", {"month": month}).json()["address"])
    keep("shop-statement-ja.pdf", answer.content)
    text = Paper(answer.content).text
    assert "髙﨑商店" in text
    assert text.count("1,520") >= 3
