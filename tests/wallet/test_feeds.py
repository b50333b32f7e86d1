"""The law of the live feeds: what a phone had, plus what it was told, is what it would read afresh."""

import random
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import redis

from kernel.contributions import feed_named
from kernel.principal import SYSTEM
from kernel.realtime.envelope import TOUCHED, Envelope, channel, decode, decode_marks, encode
from tests.wallet.town import NOON, Person, Till, Town
from wallet import services
from wallet.selectors.feeds import KEPT
from wallet.selectors.orders import order_token

END = Envelope("end of this act")


class Wire:
    """What goes over the city's channel."""

    def __init__(self, url: str) -> None:
        self.client = redis.Redis.from_url(url)
        self.pubsub = self.client.pubsub(ignore_subscribe_messages=True)
        self.pubsub.subscribe(channel())
        self.heard()

    def heard(self) -> list[tuple[str, str]]:
        """Return the marks that came since the last time."""
        self.client.publish(channel(), encode(END))
        marks: list[tuple[str, str]] = []
        while True:
            message = self.pubsub.get_message(timeout=5)
            envelope = decode(message["data"]) if message else None
            if envelope == END:
                return marks
            if envelope and envelope.topic == TOUCHED:
                marks += decode_marks(envelope.event).items()


class Screen:
    """A phone that read a snapshot once and folds what it hears, as docs/realtime.md says."""

    def __init__(self, feed: str, topic: str) -> None:
        self.feed, self.topic = feed_named(feed), topic
        self.shows = self.afresh(NOON)

    def afresh(self, at) -> dict[str, Any]:
        return msgspec.to_builtins(self.feed.snapshot(self.topic, at=at))

    def hear(self, mark: str, at) -> None:
        for kind, data in self.feed.events(self.topic, mark, at=at):
            self.fold(kind, msgspec.to_builtins(data))

    def fold(self, kind: str, data: dict[str, Any]) -> None:
        if kind == "balance.changed":
            if data["balance"]["version"] > self.shows["balance"]["version"]:
                self.shows["balance"] = data["balance"]
        elif kind == "entry.added":
            self._upsert("entries", data["entry"], "occurred_at")
        elif kind == "payment.changed":
            self._upsert("payments", data["receipt"], "paid_at")
        elif kind == "order.changed":
            self._upsert("orders", data["order"], "placed_at")

    def _upsert(self, rows: str, new: dict[str, Any], instant: str) -> None:
        held = next((row for row in self.shows[rows] if row["id"] == new["id"]), None)
        if held and held.get("version", 1) >= new.get("version", 1):
            return
        others = [row for row in self.shows[rows] if row["id"] != new["id"]]
        self.shows[rows] = sorted([new, *others], key=lambda row: (row[instant], row["id"]), reverse=True)[:KEPT]


class Day:
    """A day of one customer at one till: something happens every minute, chosen by a seed."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.random = town, random.Random(seed)
        self.hanako: Person = town.resident(("bonus", 900, NOON.date()), yen=9000)
        self.till: Till = town.till()
        self.payments: list[Any] = []
        self.holds: list[Any] = []
        self.bills: list[Any] = []
        self.paid_bills: list[Any] = []

    def step(self) -> str:
        self.town.at += timedelta(minutes=1)
        names = (
            "pay",
            "pay",
            "pay",
            "charge",
            "charge",
            "top_up",
            "refund",
            "void",
            "hold",
            "capture",
            "release",
            "gift",
            "bill",
            "bill_paid",
            "bill_back",
        )
        chosen = self.random.choice([name for name in names if self._can(name)])
        getattr(self, f"_{chosen}")()
        return chosen

    def _can(self, name: str) -> bool:
        if name in ("refund", "void"):
            return bool(self.payments)
        if name.startswith("bill_"):
            return bool(self.bills if name == "bill_paid" else self.paid_bills)
        return bool(self.holds) if name in ("capture", "release") else True

    def _asked(self) -> dict[str, Any]:
        return {"shop_id": self.till.id, "customer_code": self.town.customer_code(self.hanako)}

    def _pay(self) -> None:
        act = self.town.act(self.hanako)
        self.payments.append(services.pay_at_once(act, code=self.till.code, amount=self.random.randint(1, 90)))

    def _charge(self) -> None:
        act = self.town.act(self.till.cashier)
        self.payments.append(services.charge_customer(act, **self._asked(), amount=self.random.randint(1, 90)))

    def _top_up(self) -> None:
        services.top_up_at_shop(self.town.act(self.till.cashier), **self._asked(), amount=self.random.randint(1, 500))

    def _refund(self) -> None:
        payment = self.payments.pop(self.random.randrange(len(self.payments)))
        part = self.random.randint(1, payment.amount)
        services.refund_payment(self.town.act(self.till.cashier), payment_id=payment.id, amount=part)

    def _void(self) -> None:
        services.void_payment(self.town.act(self.till.cashier), payment_id=self.payments.pop().id)

    def _hold(self) -> None:
        act = self.town.act(self.till.cashier)
        self.holds.append(services.hold(act, **self._asked(), amount=self.random.randint(2, 90)))

    def _capture(self) -> None:
        held = self.holds.pop()
        part = self.random.randint(1, held.amount)
        services.capture_hold(self.town.act(self.till.cashier), hold_id=held.id, amount=part)

    def _release(self) -> None:
        services.release_hold(self.town.act(self.till.cashier), hold_id=self.holds.pop().id)

    def _bill(self) -> None:
        lines = [services.NewLine(name="茶", name_en="Tea", unit_price=self.random.randint(1, 40), quantity=2)]
        act = self.town.act(self.till.cashier)
        self.bills.append(services.place_bill(act, shop_id=self.till.id, lines=lines))

    def _bill_paid(self) -> None:
        bill = self.bills.pop()
        how = {"token": order_token(bill.id), "method": "coin"}
        services.pay_order(self.town.act(self.hanako), order_id=bill.id, **how)
        self.paid_bills.append(bill)

    def _bill_back(self) -> None:
        services.refund_order_lines(self.town.act(self.till.cashier), order_id=self.paid_bills.pop().id)

    def _gift(self) -> None:
        act, bonus = self.town.act(SYSTEM), self.random.randint(1, 50)
        services.issue_coins(act, account_id=self.hanako.account, bonus=bonus, bonus_expires_on=NOON.date())


@pytest.mark.slow  # sixty acts, each followed by two fresh readings: about three seconds
@pytest.mark.parametrize("seed", [1, 3])
def test_old_snapshot_and_events_are_the_fresh_snapshot(town: Town, settings, seed: int) -> None:
    day = Day(town, seed)
    wire = Wire(settings.REDIS_URL)
    mine = Screen("wallet.mine", f"wallet.account:{day.hanako.account}")
    shop = Screen("wallet.shop", f"wallet.shop:{day.till.id}")
    happened = set()
    for number in range(60):
        name = day.step()
        happened.add(name)
        if number % 20 == 19:
            services.fold_credits()
        for topic, mark in wire.heard():
            for screen in (mine, shop):
                if screen.topic == topic:
                    screen.hear(mark, town.at)
        assert (number, name, mine.shows) == (number, name, mine.afresh(town.at))
        assert (number, name, shop.shows) == (number, name, shop.afresh(town.at))
    assert len(happened) >= 8
    assert len(mine.shows["entries"]) == len(shop.shows["payments"]) == KEPT


def test_what_expires_at_midnight_is_told_when_it_is_swept(town: Town, settings) -> None:
    hanako = town.resident(("bonus", 500, NOON.date()), yen=1000)
    wire = Wire(settings.REDIS_URL)
    mine = Screen("wallet.mine", f"wallet.account:{hanako.account}")
    town.at = NOON + timedelta(hours=12)
    services.expire_lots(at=town.at)
    for _topic, mark in wire.heard():
        mine.hear(mark, town.at)
    assert mine.shows == mine.afresh(town.at)
    assert (mine.shows["balance"]["available"], mine.shows["entries"][0]["kind"]) == (1000, "expiry")


def test_one_message_tells_both_sides_and_a_refusal_tells_nobody(town: Town, settings) -> None:
    hanako, till = town.resident(yen=100), town.till()
    wire = Wire(settings.REDIS_URL)
    receipt = services.pay_at_once(town.act(hanako), code=till.code, amount=60)
    assert wire.heard() == [
        (f"wallet.account:{hanako.account}", str(receipt.id)),
        (f"wallet.shop:{till.id}", str(receipt.id)),
    ]
    refused = services.pay_at_once.answer(town.act(hanako), code=till.code, amount=60)
    assert (refused.status, wire.heard()) == (409, [])


def test_a_replayed_answer_tells_nobody_again(town: Town, settings) -> None:
    hanako, till = town.resident(yen=100), town.till()
    wire = Wire(settings.REDIS_URL)
    for _ in range(3):
        services.pay_at_once(town.act(hanako, key="the-same-key"), code=till.code, amount=60)
    assert len(wire.heard()) == 2
