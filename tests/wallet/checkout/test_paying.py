"""Orders are placed, paid and ended: with coins, by card, with both."""

from datetime import timedelta

import pytest

from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotFound
from tests.wallet.audit import broken
from tests.wallet.checkout.till import CAKE, Refused, tenders, told, ways
from tests.wallet.coupons.shop import campaign, citys, shops
from tests.wallet.town import amount_of
from wallet import services
from wallet.engine.coupons import Fixed
from wallet.errors import OrderBeingPaid, OrderDiffers, OrderLinesUnsound, OrderNotOpen, PartOfOrder
from wallet.gateways.cards.fake import paying
from wallet.models import Balance, CardPayment, CardRefund, Coupon, CouponUse, Hold, Order, OrderPayment, Payment
from wallet.selectors.balances import takings_of
from wallet.services.circulation import check_circulation, refresh_circulation

pytestmark = pytest.mark.postgres


def test_a_bill_is_paid_with_coins_once_and_handed_over_the_counter(bills):
    yuki = bills.town.resident(yen=3000)
    bill = bills.bill()
    assert (bill.status, bill.total, bill.link) == ("open", 1000, bill.link)
    assert [(line.number, line.amount) for line in bill.lines] == [(1, 800), (2, 200)]
    paid = bills.pay(yuki, bill)
    assert (paid.status, paid.delivery, tenders(paid)) == ("paid", "delivered", (0, 1000, 0))
    assert (amount_of(yuki.account), takings_of(bills.till.account)) == (2000, 1000)
    with pytest.raises(Refused, match="order_not_open"):
        bills.pay(yuki, bill)
    assert broken() == {}


def test_the_same_key_pays_once(bills):
    yuki, bill = bills.town.resident(yen=3000), bills.bill()
    first = bills.pay(yuki, bill, key="pay-this-once")
    assert bills.pay(yuki, bill, key="pay-this-once", coupons=[]) == first
    assert amount_of(yuki.account) == 2000


def test_by_card_the_money_goes_to_the_shop_and_no_coin_moves(bills):
    yuki, bill = bills.town.resident(yen=3000), bills.bill()
    begun = bills.pay(yuki, bill, "card")
    assert (begun.status, begun.paying.status, begun.paying.url[:20]) == ("open", "begun", "https://pay.example/")
    bills.enter_card(bill)
    for event in bills.counter.news() * 2:
        bills.counter.hear(event)
    paid = bills.shown(bill)
    assert (paid.status, tenders(paid), paid.paying.url) == ("paid", (0, 0, 1000), None)
    assert (amount_of(yuki.account), takings_of(bills.till.account), bills.charged()) == (3000, 1000, 1000)
    assert not Payment.objects.exists()
    assert broken() == {}


def test_mixed_sets_the_coins_aside_until_the_card_has_paid(bills):
    yuki, bill = bills.town.resident(yen=300), bills.bill()
    bills.pay(yuki, bill, "mixed", coin=300)
    assert (amount_of(yuki.account), Hold.objects.get().status, takings_of(bills.till.account)) == (0, "held", 0)
    assert broken() == {}
    bills.enter_card(bill)
    services.look_for_order(yuki, bill.id, at=bills.town.at)
    assert tenders(bills.shown(bill)) == (0, 300, 700)
    assert (takings_of(bills.till.account), Hold.objects.get().status) == (1000, "captured")
    assert broken() == {}


def test_when_the_card_comes_to_nothing_the_coins_come_back_and_another_way_is_open(bills):
    yuki, bill = bills.town.resident(yen=1000), bills.bill()
    bills.pay(yuki, bill, "mixed", coin=300)
    bills.enter_card(bill, paying.POOR)
    with pytest.raises(Refused, match="order_being_paid"):
        bills.pay(yuki, bill)
    assert services.look_for_order(yuki, bill.id, at=bills.town.at).paying.refused == "insufficient_funds"
    services.give_up_order_payment(bills.town.act(yuki), order_id=bill.id)
    assert (amount_of(yuki.account), bills.shown(bill).status) == (1000, "open")
    bills.pay(yuki, bill)
    assert sorted(ways(bill.id)) == [("coin", "paid"), ("mixed", "ended")]
    assert broken() == {}


def test_a_page_that_nobody_finished_ends_by_the_sweep_and_then_the_order(bills):
    yuki, bill = bills.town.resident(yen=1000), bills.bill()
    bills.pay(yuki, bill, "mixed", coin=300)
    bills.town.at += timedelta(hours=2)
    assert services.expire_orders(at=bills.town.at) == 0  # somebody may be on the page
    with bills.company.books.turn() as turn:
        session = turn.find("checkout.session", bills.card(bill).session_id)
        session["status"] = "expired"
        turn.save(session)
    services.sweep_cards(at=bills.town.at)
    assert (amount_of(yuki.account), bills.shown(bill).status) == (1000, "open")
    assert services.expire_orders(at=bills.town.at) == 1
    assert bills.shown(bill).status == "expired"
    assert broken() == {}


def test_money_that_comes_after_the_end_goes_back_to_the_card(bills):
    yuki, bill = bills.town.resident(yen=300), bills.bill()
    bills.pay(yuki, bill, "mixed", coin=300)
    bills.enter_card(bill)  # and nobody has told us
    bills.cancel(bill)
    assert (bills.shown(bill).status, bills.card(bill).status) == ("cancelled", "returned")
    assert (amount_of(yuki.account), bills.charged(), takings_of(bills.till.account)) == (300, 0, 0)
    assert CardRefund.objects.get().reason == "late"
    assert broken() == {}


def test_an_app_gets_the_same_order_for_the_same_source(bills):
    yuki = bills.town.resident()
    first = bills.order(yuki, source_id="pass-1")
    assert bills.order(yuki, source_id="pass-1").id == first.id
    with pytest.raises(OrderDiffers):
        bills.order(yuki, CAKE, source_id="pass-1")
    assert Order.objects.count() == 1


def test_another_persons_order_is_not_found(bills):
    yuki, aoi = bills.town.resident(yen=2000), bills.town.resident(yen=2000)
    order = bills.order(yuki)
    answer = services.pay_order(bills.town.act(aoi), order_id=order.id, method="coin", coupons=[])
    assert answer.status == 404
    with pytest.raises(NotFound):
        services.look_for_order(aoi, order.id, at=bills.town.at)
    with pytest.raises(NotFound):
        services.cancel_order(bills.town.act(aoi), order_id=order.id)


def test_who_comes_second_to_a_bill_hears_why(bills):
    yuki, aoi = bills.town.resident(yen=2000), bills.town.resident(yen=2000)
    bill = bills.bill()
    bills.pay(yuki, bill, "card")
    with pytest.raises(OrderBeingPaid):
        bills.pay(aoi, bill)
    bills.enter_card(bill)
    bills.counter.hear_all()
    with pytest.raises(OrderNotOpen):
        bills.pay(aoi, bill)
    assert amount_of(aoi.account) == 2000


@pytest.mark.parametrize(
    ("method", "coin", "code"),
    [
        ("mixed", 0, "order_part_unsound"),
        ("mixed", 951, "order_part_unsound"),
        ("mixed", 1000, None),
        ("coin", 0, "insufficient_funds"),
    ],
)
def test_parts_that_cannot_be_are_refused_and_change_nothing(bills, method, coin, code):
    yuki, bill = bills.town.resident(yen=999), bills.bill()
    with pytest.raises(Refused, match=code or "insufficient_funds|order_part_unsound"):
        bills.pay(yuki, bill, method, coin=coin)
    assert (amount_of(yuki.account), OrderPayment.objects.count(), CardPayment.objects.count()) == (999, 0, 0)


def test_only_the_ways_that_the_seller_takes(bills):
    yuki = bills.town.resident(yen=3000)
    bill = bills.bill(methods=("coin",))
    with pytest.raises(Refused, match="order_method_refused"):
        bills.pay(yuki, bill, "card")


def test_bills_that_are_none_are_refused(bills):
    for lines in ([], [services.NewLine(name="x", name_en="x", unit_price=0)], [CAKE] * 51):
        with pytest.raises(OrderLinesUnsound):
            services.place_bill(bills.town.act(bills.till.cashier), shop_id=bills.till.id, lines=lines)
    with pytest.raises(NotFound):
        services.place_bill(bills.town.act(bills.town.resident()), shop_id=bills.till.id, lines=[CAKE])


def test_coupons_of_goods_are_quoted_over_the_lines_and_charged_as_quoted(bills):
    yuki, purse = bills.town.resident(yen=3000), campaign(bills.town)
    citys(bills.town, purse, products=("drink",))  # a tenth of the drinks alone
    shops(bills.town, bills.till, stackable=False, benefit=Fixed(yen=10))
    paid = bills.paid(yuki)
    assert tenders(paid) == (80, 920, 0)
    assert (takings_of(bills.till.account), amount_of(purse.account_id)) == (1000, 100_000 - 80)
    assert broken() == {}


def test_a_campaign_holds_its_part_while_somebody_is_on_the_cards_page(bills):
    yuki, purse = bills.town.resident(), campaign(bills.town, 100)
    citys(bills.town, purse, stock=5)
    order = bills.order(yuki)
    bills.pay(yuki, order, "card")
    row = Balance.objects.get(pk=purse.account_id)
    assert (row.amount, row.held, Coupon.objects.get().taken) == (0, 100, 1)
    assert broken() == {}
    bills.enter_card(order)
    bills.counter.hear_all()
    row.refresh_from_db()
    assert (row.amount, row.held, takings_of(bills.till.account), bills.charged()) == (0, 0, 1000, 900)
    assert broken() == {}


def test_what_a_card_and_a_campaign_paid_is_counted_with_what_circulates(bills):
    yuki, purse = bills.town.resident(), campaign(bills.town)
    citys(bills.town, purse, stock=5)
    bills.refund(bills.paid(yuki, "card"), (2, 100))
    bills.town.at += timedelta(days=1)
    assert refresh_circulation(at=bills.town.at) > 0
    assert check_circulation(at=bills.town.at) == 0


def test_a_coupon_comes_back_with_a_payment_that_came_to_nothing(bills):
    yuki, purse = bills.town.resident(), campaign(bills.town, 100)
    citys(bills.town, purse, stock=5, needs_claim=True)
    services.coupons.claim_coupon(bills.town.act(yuki), coupon_id=Coupon.objects.get().pk)
    order = bills.order(yuki)
    bills.pay(yuki, order, "card")
    services.give_up_order_payment(bills.town.act(yuki), order_id=order.id)
    assert (Coupon.objects.get().taken, amount_of(purse.account_id)) == (0, 100)
    assert CouponUse.objects.get().given_back_at == bills.town.at
    paid = bills.paid(yuki, "card")  # and it can be used again
    assert tenders(paid) == (100, 0, 900)
    assert broken() == {}


def test_an_orders_payment_and_hold_are_the_orders_own(bills):
    yuki = bills.town.resident(yen=5000)
    bills.paid(yuki)
    with pytest.raises(PartOfOrder):
        services.refund_payment(bills.town.act(bills.till.cashier), payment_id=Payment.objects.get().pk, amount=1)
    bills.held(yuki)
    for deed in (services.release_hold, services.capture_hold):
        more = {"amount": 1} if deed is services.capture_hold else {}
        with pytest.raises(PartOfOrder):
            deed(bills.town.act(bills.till.cashier), hold_id=Hold.objects.get().pk, **more)
    assert services.release_expired_holds(at=bills.town.at + timedelta(days=9)) == 0


def test_the_selling_app_hears_and_answers(bills):
    yuki = bills.town.resident(yen=2000)
    order = bills.paid(yuki)
    (event,) = told("wallet.order.paid.v1")
    assert (event["source"], event["total"], event["lines"][0]) == (
        "passes",
        1000,
        {"number": 1, "product": "drink", "quantity": 2, "amount": 800},
    )
    assert order.delivery == "waiting"
    named = {"source": "passes", "source_id": event["source_id"]}
    with pytest.raises(NotAllowed):
        services.order_delivered(bills.town.act(yuki), **named)
    for _ in range(2):
        services.order_delivered(bills.town.act(SYSTEM), **named)
    assert bills.shown(order).delivery == "delivered"


def test_what_cannot_be_delivered_is_given_back_by_itself(bills):
    yuki, purse = bills.town.resident(yen=300), campaign(bills.town)
    citys(bills.town, purse, stock=5)
    order = bills.paid(yuki, "mixed", coin=300)
    named = {"source": "passes", "source_id": bills.row(order).source_id}
    for _ in range(2):
        services.order_failed(bills.town.act(SYSTEM), **named, why="売り切れ")
    back = bills.shown(order)
    assert (back.delivery, tenders(back, "refunded"), back.refunds[0].card_state) == ("failed", (100, 300, 600), "done")
    assert (amount_of(yuki.account), amount_of(purse.account_id), bills.charged()) == (300, 100_000, 0)
    assert (takings_of(bills.till.account), Coupon.objects.get().taken) == (0, 0)
    assert broken() == {}
