"""What residents and shops do with coins, told through the front door."""

from datetime import date, timedelta

from kernel.ids import is_receipt_number
from tests.wallet.audit import assert_whole
from tests.wallet.town import Person, amount_of
from wallet import services
from wallet.selectors.balances import balance_of, entries_of, history_entry


def test_a_resident_pays_a_shop_and_the_receipt_says_so(town):
    yuki, bakery = town.resident(yen=3000), town.till("麦のパン")

    for pay in (services.pay, services.pay_at_once):
        receipt = pay(town.act(yuki), code=bakery.code, amount=450)
        assert (receipt.amount, receipt.status, receipt.shop.name, receipt.version) == (450, "paid", "麦のパン", 1)

    assert amount_of(yuki.account) == 3000 - 2 * 450
    services.fold_credits()
    assert amount_of(bakery.account) == 2 * 450


def test_hold_capture_refund_void_release(town):
    yuki, shop = town.resident(("bonus", 500, date(2026, 12, 1)), yen=3000), town.till()
    held = services.hold(town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(yuki), amount=1000)
    assert amount_of(yuki.account) == 2500
    receipt = services.capture_hold(town.act(shop.cashier), hold_id=held.id, amount=700)
    assert amount_of(yuki.account) == 2800
    again = services.refund_payment(town.act(shop.cashier), payment_id=receipt.id, amount=300)
    assert (again.status, again.refunded, again.version) == ("partly_refunded", 300, 2)
    assert amount_of(yuki.account) == 3100
    charged = services.charge_customer_at_once(
        town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(yuki), amount=100
    )
    assert services.void_payment(town.act(shop.cashier), payment_id=charged.id).status == "voided"
    held = services.hold(town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(yuki), amount=1000)
    assert services.release_hold(town.act(shop.cashier), hold_id=held.id).status == "released"
    assert amount_of(yuki.account) == 3100
    services.fold_credits()
    assert_whole()


def test_cash_becomes_coins_at_the_counter_and_at_a_till(town):
    yuki, shop = town.resident(), town.till("角の店")
    officer = Person(shop.cashier.actor, frozenset({"wallet.top_up_at_counter"}))
    first = services.top_up_at_counter(town.act(officer), customer_code=town.customer_code(yuki), amount=3000)
    second = services.top_up_at_shop(
        town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(yuki), amount=2000
    )
    assert [is_receipt_number(each.receipt_number) for each in (first, second)] == [True, True]
    now = balance_of(yuki.account, at=town.at)
    assert (now.available, now.held, now.version) == (5000, 0, 2)
    assert {(lot.kind, lot.remaining, lot.expires_on) for lot in now.lots} == {
        ("paid", 3000, date(2027, 5, 2)),
        ("paid", 2000, date(2027, 5, 2)),
    }
    assert_whole()


def test_the_history_tells_every_movement_and_adds_up(town):
    yuki, shop = town.resident(("bonus", 500, date(2026, 11, 3)), yen=3000), town.till("角の店")
    paid = services.pay_at_once(town.act(yuki), code=shop.code, amount=400)
    services.refund_payment(town.act(shop.cashier), payment_id=paid.id, amount=50)
    held = services.hold(town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(yuki), amount=300)
    services.capture_hold(town.act(shop.cashier), hold_id=held.id, amount=200)
    town.at += timedelta(days=1)
    services.expire_lots(at=town.at)
    lines = [history_entry(row) for row in entries_of(yuki.account)]
    told = {(line.kind, line.direction, line.amount, line.shop_name) for line in lines}
    assert told >= {
        ("top_up", "in", 500, None),
        ("top_up", "in", 3000, None),
        ("payment", "out", 400, "角の店"),
        ("refund", "in", 50, "角の店"),
        ("hold", "out", 300, "角の店"),
        ("release", "in", 300, "角の店"),
        ("capture", "out", 200, "角の店"),
    }
    assert sum(line.amount if line.direction == "in" else -line.amount for line in lines) == amount_of(yuki.account)
    assert [line.receipt_number for line in lines if line.kind == "payment"] == [paid.receipt_number]
