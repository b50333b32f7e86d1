"""An officer sees which orders wait too long, and since when, and does what the shop or the app did not."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed
from tests.wallet.audit import assert_whole
from tests.wallet.test_admin import at_the_desk
from tests.wallet.town import Person, amount_of
from wallet import services
from wallet.errors import OrderNotWaiting
from wallet.models import Order
from wallet.selectors.waiting_orders import count_waiting, waiting_orders

DESK = "/admin/orders/"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def officer(bills) -> Person:
    return Person(bills.till.cashier.actor, frozenset({"wallet.handle_orders"}))


def later(bills, after: timedelta) -> None:
    bills.town.at += after


def seen(bills) -> list[tuple[str, bool, int, bool]]:
    found = waiting_orders(at=bills.town.at)
    assert count_waiting(at=bills.town.at) == len(found)
    return [(str(each.row.pk), each.is_held, each.hours, each.is_pressing) for each in found]


def paid(bills, payer) -> str:
    order = bills.order(payer)
    bills.pay(payer, order)
    return str(order.id)


def test_they_stand_in_the_list_once_they_wait_long_the_longest_first(bills):
    yuki = bills.town.resident(yen=10_000)
    held = str(bills.held(yuki).id)
    later(bills, 22 * HOUR)
    undelivered = paid(bills, yuki)
    later(bills, HOUR - timedelta(seconds=1))
    assert seen(bills) == []
    later(bills, timedelta(seconds=1))
    assert seen(bills) == [(undelivered, False, 1, False)]
    later(bills, HOUR)
    assert seen(bills) == [(held, True, 24, False), (undelivered, False, 2, False)]
    later(bills, 18 * HOUR)
    assert [(each[0], each[3]) for each in seen(bills)] == [(held, True), (undelivered, False)]
    later(bills, 7 * HOUR)
    services.expire_orders(at=bills.town.at)
    assert [each[0] for each in seen(bills)] == [undelivered]


def test_what_is_done_in_time_never_stands_there(bills):
    yuki = bills.town.resident(yen=10_000)
    order = Order.objects.get(pk=paid(bills, yuki))
    services.order_delivered(bills.town.act(SYSTEM), source=order.source, source_id=order.source_id)
    held = bills.held(yuki)
    services.cancel_order(bills.town.act(bills.till.cashier), order_id=held.id)
    later(bills, 2 * DAY)
    assert seen(bills) == []


def test_an_officer_lets_go_of_what_is_held(bills, officer):
    yuki = bills.town.resident(yen=10_000)
    order = bills.held(yuki)
    with pytest.raises(OrderNotWaiting):
        services.let_go_of_held(bills.town.act(officer), order_id=order.id, why="早すぎる")
    later(bills, DAY)
    with pytest.raises(NotAllowed):
        services.let_go_of_held(bills.town.act(yuki), order_id=order.id, why="私の")
    with pytest.raises(OrderNotWaiting):
        services.give_undelivered_back(bills.town.act(officer), order_id=order.id, why="支払い前")
    services.let_go_of_held(bills.town.act(officer), order_id=order.id, why="店と連絡がつかない")
    assert (Order.objects.get().status, amount_of(yuki.account), seen(bills)) == ("cancelled", 10_000, [])
    assert_whole()


def test_an_officer_gives_back_what_never_came(bills, officer):
    yuki = bills.town.resident(yen=10_000)
    order_id = paid(bills, yuki)
    assert amount_of(yuki.account) == 9_000
    later(bills, HOUR)
    act = bills.town.act(officer)
    for _ in range(2):  # the same intention twice is one
        services.give_undelivered_back(act, order_id=Order.objects.get(pk=order_id).pk, why="渡せないと確認")
    assert (Order.objects.get().delivery, amount_of(yuki.account), seen(bills)) == ("failed", 10_000, [])
    with pytest.raises(OrderNotWaiting):
        services.note_delivery(bills.town.act(officer), order_id=Order.objects.get().pk, why="やはり渡した")
    assert_whole()


def test_an_officer_notes_that_it_was_handed_over(bills, officer):
    yuki = bills.town.resident(yen=10_000)
    paid(bills, yuki)
    later(bills, HOUR)
    services.note_delivery(bills.town.act(officer), order_id=Order.objects.get().pk, why="お客さまに電話で確認")
    assert (Order.objects.get().delivery, amount_of(yuki.account), seen(bills)) == ("delivered", 9_000, [])
    assert_whole()


def test_at_the_desk(bills, city, monkeypatch):
    yuki = bills.town.resident(yen=10_000)
    order_id = paid(bills, yuki)
    now = Order.objects.get().ended_at + 3 * HOUR
    monkeypatch.setattr(clock, "now", lambda: now)
    worker, _administrator = city.city_office()
    desk = at_the_desk(worker)
    page = desk.get(DESK).content.decode()
    for words in ("お渡し待ち", "から3時間", Order.objects.get().receipt_number, "お渡し済みにする"):
        assert words in page
    desk.post(DESK, {"deed": "delivered", "order": order_id, "why": " "})
    assert Order.objects.get().delivery == "waiting"  # nothing without a reason
    said = desk.post(DESK, {"deed": "delivered", "order": order_id, "why": "電話で確認"}, follow=True).content.decode()
    assert "お渡し済みにしました" in said
    assert "長く待っている注文はありません" in said
    again = desk.post(DESK, {"deed": "give_back", "order": order_id, "why": "やり直し"}, follow=True).content.decode()
    assert "すでに進んでいます" in again
    assert at_the_desk(city.shop().manager).get(DESK).status_code in (302, 403)
