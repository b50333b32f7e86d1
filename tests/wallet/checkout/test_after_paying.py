"""What is held, what comes back, and what the card company says afterwards."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from msgspec.structs import replace

from kernel.clock import jst_date
from kernel.problems import NotAllowed
from tests.wallet.audit import broken
from tests.wallet.checkout.till import CAKE, COFFEE, tenders, told, ways
from tests.wallet.coupons.shop import campaign, citys
from tests.wallet.settlement.market import SETTLEMENT, Market
from tests.wallet.town import Person, amount_of
from wallet import services
from wallet.engine.shop_day import DayFigures
from wallet.errors import (
    OrderBeingPaid,
    OrderCardLocked,
    OrderLinesUnsound,
    OrderNotHeld,
    OrderNotOpen,
    OrderNotPaid,
    OrderPartUnsound,
    RefundNeedsManager,
    ShopShort,
)
from wallet.models import Balance, CardAlert, Coupon, Hold, Posting, RefundDay, Reversal
from wallet.selectors.balances import entries_of, takings_of
from wallet.selectors.cards_taken import find_payment, payment_facts
from wallet.selectors.shop_days import ShopDay, day_of

pytestmark = pytest.mark.postgres


def away(settings) -> dict:
    """Let the company be out of reach; return what it was before."""
    there, settings.STRIPE = settings.STRIPE, settings.STRIPE | {"api_base": "http://127.0.0.1:9"}
    return there


@pytest.mark.parametrize(("method", "coin"), [("coin", 0), ("card", 0), ("mixed", 300)])
def test_what_is_held_is_captured_whole(bills, method, coin):
    yuki = bills.town.resident(yen=1000)
    order = bills.held(yuki, method=method, **({"coin": coin} if coin else {}))
    assert (order.status, takings_of(bills.till.account)) == ("held", 0)
    assert told("wallet.order.held.v1")[0]["total"] == 1000
    assert broken() == {}
    paid = bills.capture(order)
    assert (paid.status, paid.delivery, takings_of(bills.till.account)) == ("paid", "waiting", 1000)
    assert bills.charged() == {"coin": 0, "card": 1000, "mixed": 700}[method]
    with pytest.raises(OrderNotHeld):
        bills.capture(order)
    assert broken() == {}


def test_capturing_less_lets_the_rest_go_in_the_measure_of_the_tenders(bills):
    yuki, purse = bills.town.resident(yen=400), campaign(bills.town)
    citys(bills.town, purse, stock=1)
    order = bills.held(yuki, method="mixed", coin=400)
    assert tenders(order, "tenders") == (100, 400, 500)
    paid = bills.capture(order, (1, 400))
    assert tenders(paid) == (40, 160, 200)
    assert [(line.taken, line.amount) for line in paid.lines] == [(400, 800), (0, 200)]
    assert (amount_of(yuki.account), bills.charged(), takings_of(bills.till.account)) == (240, 200, 400)
    assert (amount_of(purse.account_id), Balance.objects.get(pk=purse.account_id).held) == (100_000 - 40, 0)
    assert told("wallet.order.paid.v1")[0]["lines"] == [{"number": 1, "product": "drink", "quantity": 2, "amount": 400}]
    services.reconcile_cards(
        since=bills.town.at - timedelta(days=1), until=bills.town.at + timedelta(seconds=1), at=bills.town.at
    )
    assert not CardAlert.objects.exists()  # what was let go is no refund
    assert broken() == {}
    bills.refund(paid)
    assert (amount_of(yuki.account), bills.charged(), amount_of(purse.account_id)) == (400, 0, 100_000)
    assert broken() == {}


def test_too_little_for_a_card_is_not_captured(bills):
    order = bills.held(bills.town.resident(yen=990), method="mixed", coin=900)
    with pytest.raises(OrderPartUnsound):
        bills.capture(order, (2, 100))
    with pytest.raises(OrderLinesUnsound):
        bills.capture(order, (2, 201))
    assert bills.shown(order).status == "held"
    assert broken() == {}


def test_a_capture_that_the_company_did_not_hear_is_asked_again(bills, settings):
    yuki = bills.town.resident(yen=300)
    order = bills.held(yuki, method="mixed", coin=300)
    there = away(settings)
    with pytest.raises(Exception, match="card_vendor_away"):
        bills.capture(order, key="capture-once")
    assert ways(order.id) == [("mixed", "capturing")]
    with pytest.raises(OrderBeingPaid):
        bills.cancel(order)
    assert broken() == {}
    settings.STRIPE = there
    bills.town.at += timedelta(minutes=6)
    services.sweep_cards(at=bills.town.at)
    assert (bills.shown(order).status, takings_of(bills.till.account), bills.charged()) == ("paid", 1000, 700)
    assert broken() == {}


@pytest.mark.parametrize("end", ["cancelled", "expired", "bank"])
def test_what_is_held_and_not_captured_goes_back(bills, end):
    yuki, purse = bills.town.resident(yen=300), campaign(bills.town)
    citys(bills.town, purse, stock=1)
    order = bills.held(yuki, method="mixed", coin=300)
    if end == "cancelled":
        bills.cancel(order)
        bills.cancel(order)  # twice does no harm
    elif end == "expired":
        bills.town.at += timedelta(days=2)
        assert services.expire_orders(at=bills.town.at) == 1
    else:
        bills.company.let_authorisation_run_out(bills.card(order).intent_id)
        bills.counter.hear_all()
    assert bills.shown(order).status == ("cancelled" if end == "cancelled" else "expired")
    assert (bills.card(order).status, bills.charged(), takings_of(bills.till.account)) == ("ended", 0, 0)
    assert (amount_of(yuki.account), amount_of(purse.account_id), Coupon.objects.get().taken) == (300, 100_000, 0)
    assert told("wallet.order.ended.v1")[0]["status"] == bills.shown(order).status
    with pytest.raises((OrderNotHeld, OrderNotOpen)):
        bills.capture(order)
    assert broken() == {}


def test_a_cancellation_that_the_company_did_not_hear_is_asked_again(bills, settings):
    yuki = bills.town.resident(yen=300)
    order = bills.held(yuki, method="mixed", coin=300)
    there = away(settings)
    assert bills.cancel(order).status == "cancelled"
    assert (amount_of(yuki.account), bills.card(order).status) == (300, "reserved")
    assert broken() == {}
    settings.STRIPE = there
    bills.town.at += timedelta(minutes=6)
    services.sweep_cards(at=bills.town.at)
    assert bills.card(order).status == "ended"
    assert broken() == {}


def test_lines_come_back_to_each_tender_in_its_measure_until_all_is_back(bills):
    yuki, purse = bills.town.resident(yen=333), campaign(bills.town)
    citys(bills.town, purse, stock=1)
    order = bills.paid(yuki, "mixed", coin=333)
    assert tenders(order) == (100, 333, 567)
    back = bills.refund(order, (2, 200))
    assert tenders(back, "refunded") == (20, 67, 113)
    assert (back.refunds[0].card_state, [line.refunded for line in back.lines]) == ("done", [0, 200])
    assert (amount_of(yuki.account), bills.charged(), amount_of(purse.account_id)) == (67, 567 - 113, 100_000 - 80)
    assert (takings_of(bills.till.account), Coupon.objects.get().taken) == (800, 1)
    assert broken() == {}
    with pytest.raises(OrderLinesUnsound):
        bills.refund(order, (2, 1))
    bills.refund(order, (1, 799))
    whole = bills.refund(order)
    assert tenders(whole, "refunded") == tenders(order)
    assert (amount_of(yuki.account), bills.charged(), amount_of(purse.account_id)) == (333, 0, 100_000)
    assert (takings_of(bills.till.account), Coupon.objects.get().taken) == (0, 0)
    assert broken() == {}


def test_the_same_key_gives_back_once(bills):
    order = bills.paid(bills.town.resident(), "card")
    for _ in range(2):
        back = bills.refund(order, (2, 100), key="back-once")
    assert (tenders(back, "refunded"), bills.charged()) == ((0, 0, 100), 900)


def test_who_may_not_gives_nothing_back(bills):
    yuki = bills.town.resident(yen=1000)
    order = bills.paid(yuki)
    beginner = Person(yuki.actor, frozenset({"wallet.see_till", "wallet.charge"}))
    with pytest.raises(NotAllowed):
        services.refund_order_lines(bills.town.act(beginner), order_id=order.id)
    with pytest.raises(OrderNotPaid):
        bills.refund(bills.bill())


def test_a_refund_that_the_company_did_not_hear_is_asked_again(bills, settings):
    order = bills.paid(bills.town.resident(), "card")
    there = away(settings)
    assert bills.refund(order).refunds[0].card_state == "asked"
    settings.STRIPE = there
    services.sweep_cards(at=bills.town.at)
    assert (bills.shown(order).refunds[0].card_state, bills.charged()) == ("done", 0)
    assert broken() == {}


def test_what_the_company_refuses_is_with_the_shop_again_and_an_officer_hears(bills, settings):
    order = bills.paid(bills.town.resident(yen=400), "mixed", coin=400)
    there = away(settings)
    bills.refund(order)
    settings.STRIPE = there
    bills.company.dispute(bills.card(order).intent_id)  # a disputed charge is not refunded
    services.finish_card_refunds(at=bills.town.at)
    assert (bills.shown(order).refunds[0].card_state, takings_of(bills.till.account)) == ("failed", 600)
    assert CardAlert.objects.get().kind == "refund_failed"
    assert broken() == {}


def test_a_lost_dispute_is_the_citys_and_the_shop_keeps_its_money(bills):
    yuki = bills.town.resident()
    order = bills.paid(yuki, "card")
    dispute = bills.company.dispute(bills.card(order).intent_id)
    bills.counter.hear_all()
    with pytest.raises(OrderCardLocked):
        bills.refund(order)
    bills.company.decide_dispute(dispute["id"], won=False)
    for event in bills.counter.news() * 2:
        bills.counter.hear(event)
    row = Reversal.objects.get()
    assert (row.taken, row.lost, takings_of(bills.till.account), bills.charged()) == (0, 1000, 1000, 0)
    assert [(each.debit.kind, each.credit.kind) for each in Posting.objects.filter(journal=row.journal)] == [
        ("loss", "card")
    ]
    assert {alert.kind for alert in CardAlert.objects.all()} == {"dispute", "dispute_lost"}
    assert not entries_of(yuki.account).exists()
    assert broken() == {}


def test_a_refund_by_hand_at_the_company_is_the_citys_and_is_not_given_twice(bills):
    order = bills.paid(bills.town.resident(), "card")
    bills.company.refund_by_hand(bills.card(order).intent_id, 300)
    bills.counter.hear_all()
    alert = CardAlert.objects.get()
    assert (alert.kind, alert.ours, alert.theirs) == ("refunded_there", 300, 300)
    with pytest.raises(OrderCardLocked):
        bills.refund(order)
    bills.refund(order, (1, 700))
    assert bills.charged() == 0
    assert broken() == {}


def test_what_a_card_paid_is_settled_once_and_given_back_from_what_the_shop_takes_later(bills, settings):
    settings.SETTLEMENT = SETTLEMENT
    market = Market(bills.town)
    bills.till = market.shop()
    order = bills.paid(bills.town.resident(yen=1000), "mixed", COFFEE, COFFEE, CAKE, CAKE, coin=400)
    batch = market.draw()
    assert (batch.credits, batch.gross) == (2, 2000)
    market.approve(batch.id)
    with pytest.raises(ShopShort):
        bills.refund(order, (1, 800))
    bills.paid(bills.town.resident(yen=1000))
    assert tenders(bills.refund(order, (1, 800)), "refunded") == (0, 160, 640)
    assert broken() == {}


def test_a_shops_day_tells_what_cards_paid_and_got_back(bills):
    citys(bills.town, campaign(bills.town))
    day, till = jst_date(bills.town.at), bills.till
    mixed = bills.paid(bills.town.resident(yen=300), "mixed", coin=300)
    bills.paid(bills.town.resident(), "card")
    sold = DayFigures(payments=2, customers=1800, city=200)
    assert day_of(till.id, day) == ShopDay(day, sold)
    bills.refund(mixed, (2, 200))
    assert day_of(till.id, day) == ShopDay(day, replace(sold, refunds=1, refunded=180, refunded_city=20))
    assert takings_of(till.account) == 1800
    cashier = Person(till.cashier.actor, till.cashier.rights | {"wallet.close_day"})
    services.close_day(bills.town.act(cashier), shop_id=till.id, day=day)
    assert broken() == {}


def test_lines_beyond_the_shops_ceiling_need_its_manager_whatever_they_were_paid_with(bills):
    till = bills.till
    manager = Person(till.cashier.actor, till.cashier.rights | {"wallet.set_refund_ceiling", "wallet.refund_beyond"})
    services.set_refund_ceiling(bills.town.act(manager), shop_id=till.id, per_payment=500, per_day=None)
    order = bills.paid(bills.town.resident(yen=300), "mixed", coin=300)
    with pytest.raises(RefundNeedsManager):
        bills.refund(order, (1, 501))
    bills.refund(order, (2, 200))
    with pytest.raises(RefundNeedsManager):
        bills.refund(order, (1, 301))
    services.refund_order_lines(bills.town.act(manager), order_id=order.id)
    assert (RefundDay.objects.get().given, bills.charged(), takings_of(till.account)) == (200, 0, 0)
    assert broken() == {}


def test_an_officer_finds_the_card_payment_of_an_order_by_its_receipt(bills):
    order = bills.paid(bills.town.resident(), "card")
    officer = Person(bills.town.resident().actor, frozenset({"wallet.handle_cards"}))
    assert find_payment(officer, order.receipt_number.lower()) == bills.card(order).pk
    facts = payment_facts(officer, bills.card(order).pk, at=bills.town.at)
    page = render_to_string("wallet/card_payment.html", {"facts": facts})
    assert order.receipt_number in page
    assert facts.refundable == 0  # it is given back by its lines, by the shop


def test_a_hold_of_an_order_lives_as_long_as_the_order(bills):
    order = bills.held(bills.town.resident(yen=1000))
    assert Hold.objects.get().expires_at == order.held_until
