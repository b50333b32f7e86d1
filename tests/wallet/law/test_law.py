"""What the law of prepaid means asks: the unused balance of any past day, the deposit, six months."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from kernel.principal import SYSTEM
from tests.factories.people import show_second_factor
from tests.wallet.sending.stories import send
from wallet import services
from wallet.engine.prepaid import base_date_before, base_dates, duty, months_later
from wallet.selectors.law import end_of, law_report, unused

pytestmark = pytest.mark.postgres
BASE = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("unused_paid", "issuer", "within", "deposit", "why"),
    [
        (10_000_000, "company", False, 0, "small"),
        (10_000_001, "company", False, 5_000_001, "owed"),
        (30_000_000, "company", False, 15_000_000, "owed"),
        (30_000_000, "company", True, 0, "six_months"),
        (30_000_000, "city", False, 0, "city"),
    ],
)
def test_the_deposit(unused_paid, issuer, within, deposit, why):
    owed = duty(unused_paid, BASE, issuer=issuer, is_within_six_months=within)
    assert (owed.deposit, owed.why, owed.due_on) == (deposit, why, date(2026, 11, 30))


def test_base_dates_and_months():
    assert base_dates(date(2025, 10, 1), date(2026, 9, 30)) == [date(2026, 9, 30), date(2026, 3, 31)]
    assert base_date_before(date(2026, 9, 30)) == date(2026, 3, 31)
    assert base_date_before(date(2026, 3, 31)) == date(2025, 9, 30)
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)


def by_hand(at: datetime) -> dict[str, int]:
    """Sum the unused coins from the postings' own side: lots as their moves left them, and open holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT l.kind, sum(m.delta) FROM wallet_lot l JOIN wallet_lotmove m ON m.lot_id = l.id
               JOIN wallet_journal j ON j.id = m.journal_id WHERE j.at < %s AND l.expires_on >= jst_date(%s) GROUP BY 1""",
            [at, at],
        )
        return {kind: int(amount) for kind, amount in cursor.fetchall()}


def test_a_past_day_stays_what_it_was_whatever_happens_after(town):
    town.at = datetime(2026, 8, 1, 3, 0, tzinfo=UTC)
    yuki = town.resident(("bonus", 300, date(2026, 10, 5)), yen=5_000)
    aoi, shop = town.resident(yen=1_000), town.till()
    receipt = services.pay_at_once(town.act(yuki), code=shop.code, amount=1_100)  # 300 of the bonus and 800
    town.at = datetime(2026, 9, 30, 14, 59, 59, tzinfo=UTC)  # a second before the base date is over
    services.refund_payment(town.act(shop.cashier), payment_id=receipt.id, amount=100)
    before = law_report(BASE)
    assert (before.paid, before.bonus) == (5_300, 0)
    assert [(each.month, each.paid) for each in before.issues] == [("2026-08", 5_300)]
    town.at = datetime(2026, 9, 30, 15, 0, tzinfo=UTC)  # the next day begins: none of this was before
    services.refund_payment(town.act(shop.cashier), payment_id=receipt.id, amount=200)
    services.pay_at_once(town.act(aoi), code=shop.code, amount=400)
    send(town, yuki, aoi, 50)
    services.issue_coins(town.act(SYSTEM), account_id=aoi.account, amount=700)
    town.at += timedelta(days=200)
    services.expire_lots(at=town.at)
    assert law_report(BASE) == before
    assert by_hand(end_of(BASE)) == {"paid": 5_300, "bonus": 0}


def test_the_flow_of_a_period_adds_up_for_both_kinds(town):
    town.at = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
    yuki = town.resident(("bonus", 500, date(2026, 10, 5)), yen=5_000)
    aoi, shop = town.resident(), town.till()
    town.at = datetime(2026, 10, 2, 3, 0, tzinfo=UTC)
    receipt = services.pay_at_once(town.act(yuki), code=shop.code, amount=700)
    services.refund_payment(town.act(shop.cashier), payment_id=receipt.id, amount=100)
    send(town, yuki, aoi, 300)
    held = services.hold(town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(yuki), amount=900)
    on_hold = law_report(date(2026, 10, 2))
    assert on_hold.paid == 5_000 - 100  # what is set aside is not used
    services.capture_hold(
        town.act(shop.cashier, after=timedelta(days=1) - timedelta(seconds=1)), hold_id=held.id, amount=600
    )
    services.issue_coins(town.act(SYSTEM), account_id=aoi.account, amount=1_000)
    for day in (date(2026, 10, 2), date(2026, 10, 3), date(2026, 10, 6), date(2027, 4, 30)):
        report = law_report(day)
        for flow, now in ((report.paid_flow, report.paid), (report.bonus_flow, report.bonus)):
            assert flow.opening + flow.issued - flow.used - flow.expired - flow.other == flow.closing == now, day
    report = law_report(date(2026, 10, 3))
    assert (report.paid_flow.issued, report.paid_flow.used, report.bonus_flow.used) == (1_000, 700, 500)


def test_coins_past_their_last_day_count_no_more_swept_or_not(town):
    town.at = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
    town.resident(("bonus", 500, date(2026, 9, 30)), yen=0)
    assert [each.bonus for each in unused(at=end_of(date(2026, 9, 29)))] == [500]
    assert unused(at=end_of(BASE)) == []


def test_six_months_are_proved_and_a_longer_lot_is_named(town, settings):
    settings.LAW = {"issuer": "company"}
    yuki = town.resident(yen=5_000)
    day = town.at.date()
    assert law_report(day).duty.why == "six_months"
    services.issue_coins(
        town.act(SYSTEM), account_id=yuki.account, bonus=10, bonus_expires_on=months_later(day, 6) + timedelta(days=1)
    )
    report = law_report(day)
    assert [(lot.kind, lot.expires_on) for lot in report.too_long] == [("bonus", date(2027, 5, 4))]
    assert report.duty.why == "small"


def test_officers_read_print_and_save_it_and_others_do_not(city):
    officer, _administrator = city.city_office()
    city.resident(yen=7_000)
    client = Client()
    assert client.get("/admin/law/").status_code == 302
    client.force_login(User.objects.get(resident_id=officer.resident_id))
    show_second_factor(client)
    page = client.get("/admin/law/")
    assert page.status_code == 200
    assert "地方公共団体が発行する" in page.content.decode()
    assert client.get("/admin/law/?day=2026-03-31").status_code == 200
    assert client.get("/admin/law/?day=yesterday").status_code == 200
    table = client.get("/admin/law/figures.csv?day=2026-09-30")
    assert "発行保証金" in table.content.decode("utf-8-sig")
    stranger = Client()
    stranger.force_login(User.objects.get(resident_id=city.resident().resident_id))
    assert stranger.get("/admin/law/").status_code == 403
