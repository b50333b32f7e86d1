"""After a storm of orders, lost and shuffled news and refunds, one comparison makes the company's books and ours the same."""

import random
from datetime import timedelta

import pytest

from kernel.problems import DomainError
from tests.wallet.audit import broken
from tests.wallet.cards.test_reconciling import our_books
from tests.wallet.checkout.till import Bills, Refused
from tests.wallet.coupons.shop import campaign, citys
from wallet import services
from wallet.gateways.cards.fake import paying
from wallet.models import Balance, Campaign, CardRefund, Order, OrderPayment, Reversal
from wallet.selectors.balances import takings_of

pytestmark = [pytest.mark.postgres, pytest.mark.slow]  # some hundred requests to a real server


class Storm:
    """People who order, pay, give up, cancel, capture and give back; and a post that loses, doubles and shuffles."""

    def __init__(self, bills: Bills, dice: random.Random) -> None:
        self.bills, self.dice = bills, dice
        self.people = [bills.town.resident(yen=6000) for _ in range(8)]
        self.given = 8 * 6000
        self.orders: list = []
        self.bag: list[dict] = []

    def step(self) -> None:
        deed = self.dice.choice(
            ["pay", "pay", "pay", "pay", "hold", "refund", "capture", "cancel", "give_up", "by_hand", "post"]
        )
        try:
            getattr(self, f"_{deed}")()
        except (DomainError, Refused, paying.Refused):
            return  # a refusal is weather too

    def _pay(self, mode: str = "pay") -> None:
        who, dice = self.dice.choice(self.people), self.dice
        until = self.bills.town.at + timedelta(days=2)
        order = self.bills.order(who, **({"mode": "hold", "held_until": until} if mode == "hold" else {}))
        self.orders.append((who, order))
        method = dice.choice(["coin", "card", "mixed"])
        self.bills.pay(who, order, method, **({"coin": dice.randint(1, 700)} if method == "mixed" else {}))
        if method != "coin" and dice.random() < 0.85:
            self.bills.enter_card(order, dice.choice([paying.GOOD, paying.GOOD, paying.GOOD, paying.POOR]))

    def _hold(self) -> None:
        self._pay("hold")

    def _refund(self) -> None:
        _who, order = self.dice.choice(self.orders)
        self.bills.refund(
            order, *([(self.dice.choice([1, 2]), self.dice.randint(1, 300))] if self.dice.random() < 0.8 else [])
        )

    def _capture(self) -> None:
        _who, order = self.dice.choice(self.orders)
        self.bills.capture(order, *([(1, self.dice.randint(100, 800))] if self.dice.random() < 0.5 else []))

    def _cancel(self) -> None:
        self.bills.cancel(self.dice.choice(self.orders)[1])

    def _give_up(self) -> None:
        who, order = self.dice.choice(self.orders)
        services.give_up_order_payment(self.bills.town.act(who), order_id=order.id)

    def _by_hand(self) -> None:
        _who, order = self.dice.choice(self.orders)
        if self.dice.random() < 0.2 and (
            card := OrderPayment.objects.filter(order_id=order.id, card_taken__gt=0).first()
        ):
            self.bills.company.refund_by_hand(card.card_payment.intent_id, 50)

    def _post(self) -> None:
        self.bag += self.bills.counter.news()
        self.dice.shuffle(self.bag)
        half = len(self.bag) // 2
        for event in self.bag[:half]:
            for _ in range(self.dice.choice([0, 0, 1, 2])):
                self.bills.counter.hear(event)
        self.bag = self.bag[half:]


def whole_of(account_id) -> int:
    """Return what an account holds, what is set aside of it included: somebody may still be on the card's page."""
    row = Balance.objects.get(pk=account_id)
    return row.amount + row.held


@pytest.mark.parametrize("seed", [7, 2026])
def test_after_a_storm_of_orders_one_comparison_makes_the_books_the_same(bills, seed, monkeypatch):
    monkeypatch.setattr("wallet.services.cards.starting.MOST_AN_HOUR", 1000)
    storm = Storm(bills, random.Random(seed))
    citys(bills.town, campaign(bills.town, 3000), stock=200)
    storm._pay()
    for number in range(110):
        storm.step()
        if number % 30 == 29:
            assert broken() == {}, number
    town = bills.town
    town.at += timedelta(minutes=6)
    services.sweep_cards(at=town.at)
    services.reconcile_cards(since=town.at - timedelta(days=5), until=town.at + timedelta(seconds=1), at=town.at)
    assert broken() == {}
    assert not CardRefund.objects.filter(status="asked").exists()
    assert our_books() == bills.charged() > 0
    town.at += timedelta(days=3)
    services.expire_orders(at=town.at)
    services.sweep_cards(at=town.at)
    assert broken() == {}
    assert our_books() == bills.charged()
    assert {"paid", "expired", "cancelled"} <= set(Order.objects.values_list("status", flat=True))
    lost = sum(reversal.lost for reversal in Reversal.objects.all())
    from_city = 3000 - whole_of(Campaign.objects.get().account_id)
    people = sum(whole_of(person.account) for person in storm.people)
    assert takings_of(bills.till.account) + people == storm.given + bills.charged() + lost + from_city
