"""A stamp card of certain goods: only bills that list them earn a stamp, and it goes back with them."""

from uuid import UUID

import pytest

from kernel import contributions
from kernel.contributions import Delivered
from kernel.log.delivery import deliver_some
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.wallet.audit import broken
from tests.wallet.cards.conftest import clockwork, company, counter  # noqa: F401 - fixtures
from tests.wallet.checkout.conftest import bills  # noqa: F401 - fixture
from tests.wallet.checkout.till import COFFEE, Bills
from tests.wallet.stamps.collecting import arrive, offered, on_card, shop_once
from wallet import handlers, services
from wallet.events import OrderRefunded
from wallet.models import OrderPayment, Payment, Reward, Stamp
from wallet.services import stamps

pytestmark = pytest.mark.postgres

BREAD = services.NewLine(name="パン", name_en="Bread", unit_price=300, product="bread")
DRINK, COFFEES, CAKES = ("drink",), 1, 2  # the tag, and the lines of a bill of a thousand


def payment_of(order) -> UUID:
    return OrderPayment.objects.get(order_id=order.id, status="paid").payment_id


def bought(bills: Bills, who, method: str = "coin", *lines, **said):  # noqa: F811
    """Buy coffee for 800 and cake for 200, and let the event of it arrive."""
    order = bills.paid(who, method, *lines, **said)
    arrive(bills.town, payment_of(order))
    return order


def given_back(bills: Bills, order, *lines) -> None:  # noqa: F811
    """Give lines back, and let both events of it arrive."""
    bills.refund(order, *lines)
    act = Act(SYSTEM, at=bills.town.at)
    stamps.unstamp_payment(act, payment_id=payment_of(order))
    stamps.unstamp_order(act, order_id=order.id)


def standing() -> int:
    return Stamp.objects.filter(taken_back_at=None).count()


def test_only_a_bill_that_lists_the_goods_earns_a_stamp(bills):  # noqa: F811
    yuki = bills.town.resident(yen=20_000)
    card = offered(bills.town, products=DRINK)
    shop_once(bills.town, yuki, bills.till, 5_000)
    bought(bills, yuki, "coin", BREAD)
    assert standing() == 0
    for _ in range(2):
        bought(bills, yuki)
    assert len(on_card(card, yuki).under_way) == 2
    bought(bills, yuki, "coin", BREAD, COFFEE)
    assert (on_card(card, yuki).full, Reward.objects.count(), broken()) == (1, 1, {})


def test_the_least_amount_is_asked_of_the_goods(bills):  # noqa: F811
    yuki = bills.town.resident(yen=20_000)
    dear, cheap = offered(bills.town, products=DRINK, minimum=801), offered(bills.town, products=DRINK, minimum=800)
    both = offered(bills.town, products=("drink", "bread"), minimum=1_100)
    bought(bills, yuki)
    assert [len(on_card(card, yuki).under_way) for card in (dear, cheap, both)] == [0, 1, 0]
    bought(bills, yuki, "coin", COFFEE, BREAD)
    assert [len(on_card(card, yuki).under_way) for card in (dear, cheap, both)] == [0, 2, 1]
    assert broken() == {}


def test_what_was_paid_by_card_counts_no_coins(bills):  # noqa: F811
    yuki = bills.town.resident(yen=600)
    most, more = offered(bills.town, products=DRINK, minimum=600), offered(bills.town, products=DRINK, minimum=601)
    bought(bills, yuki, "mixed", coin=600)
    assert [len(on_card(card, yuki).under_way) for card in (most, more)] == [1, 0]
    assert broken() == {}


def test_a_part_leaves_the_stamp_and_the_last_of_the_goods_takes_it_with_its_reward(bills):  # noqa: F811
    yuki = bills.town.resident(yen=20_000)
    of_goods, of_all = offered(bills.town, products=DRINK, size=2), offered(bills.town, size=9)
    order = [bought(bills, yuki) for _ in range(2)][-1]
    assert (on_card(of_goods, yuki).full, Reward.objects.filter(ended_at=None).count()) == (1, 1)
    given_back(bills, order, (COFFEES, 799))
    given_back(bills, order, (CAKES, 200))
    assert (on_card(of_goods, yuki).full, len(on_card(of_all, yuki).under_way), broken()) == (1, 2, {})
    given_back(bills, order, (COFFEES, 1))
    assert (on_card(of_goods, yuki).full, len(on_card(of_goods, yuki).under_way)) == (0, 1)
    assert (Reward.objects.filter(ended_at=None).count(), broken()) == (0, {})
    arrive(bills.town, payment_of(order))
    assert len(on_card(of_goods, yuki).under_way) == 1


def test_goods_alone_that_go_back_take_the_stamp_of_the_goods_alone(bills):  # noqa: F811
    yuki = bills.town.resident(yen=20_000)
    of_goods, of_all = offered(bills.town, products=DRINK), offered(bills.town)
    order = bought(bills, yuki)
    given_back(bills, order, (COFFEES, 800))
    assert [len(on_card(card, yuki).under_way) for card in (of_goods, of_all)] == [0, 1]
    given_back(bills, order)
    assert (standing(), broken()) == (0, {})


def test_goods_that_went_back_before_the_event_came_earn_nothing(bills):  # noqa: F811
    yuki = bills.town.resident(yen=20_000)
    offered(bills.town, products=DRINK)
    order = bills.paid(yuki)
    given_back(bills, order, (COFFEES, 800))
    arrive(bills.town, payment_of(order))
    assert (Stamp.objects.count(), broken()) == (0, {})


def test_where_no_coin_comes_back_the_stamp_goes_all_the_same(bills):  # noqa: F811
    yuki = bills.town.resident(yen=20_000)
    offered(bills.town, products=("sweet",))
    sweet = services.NewLine(name="飴", name_en="Candy", unit_price=10, product="sweet")
    order = bought(bills, yuki, "mixed", COFFEE, sweet, coin=20)
    assert standing() == 1
    given_back(bills, order, (2, 10))
    assert (Payment.objects.get(pk=payment_of(order)).refunded, standing(), broken()) == (0, 0, {})


def test_the_events_themselves_bring_and_take_it(bills):  # noqa: F811
    yuki = bills.town.resident(yen=20_000)
    offered(bills.town, products=DRINK)
    order = bills.paid(yuki)
    while deliver_some():
        pass
    assert standing() == 1
    assert handlers.order_refunded in contributions.handlers_of(OrderRefunded.name)
    bills.refund(order, (COFFEES, 800))
    while deliver_some():
        pass
    assert standing() == 0
    again = Delivered(order.id, OrderRefunded.name, bills.town.at, {"order_id": str(order.id)})
    handlers.order_refunded(again)
    assert (Stamp.objects.count(), broken()) == (1, {})
