"""The payment function of the database does what the Python service explains: the same acts by two twins leave the same rows.

Everything is compared but ids, receipt numbers and whose twin it was; refusals and the bytes of the answers too.
"""

import json
import random
from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from kernel.clock import jst_date
from kernel.idempotency import Answer
from kernel.principal import SYSTEM
from kernel.problems import DomainError
from tests.wallet.coupons.shop import asked, campaign, citys, quoted, shops
from tests.wallet.town import Person, Town
from wallet import services
from wallet.engine.coupons import Fixed
from wallet.engine.coupons.answers import AskedCoupon
from wallet.models import Lot
from wallet.selectors.receipts import access_receipt_for

pytestmark = [pytest.mark.postgres, pytest.mark.slow]  # some hundred payments, twice

LIMITS = {"per_payment": 3_000, "per_day": 9_000, "balance": 50_000}
ROWS = {
    "balance": "SELECT amount, held, version, spent_on, spent, frozen FROM wallet_balance WHERE account_id = %(account)s",
    "lots": """SELECT kind, issued, remaining, expires_on, open FROM wallet_lot WHERE account_id = %(account)s
        ORDER BY expires_on, kind, id""",
    "journals": """SELECT j.kind, j.idem_key, length(j.request_digest), j.at FROM wallet_journal j
        WHERE j.actor = %(actor)s AND j.kind = 'payment' ORDER BY j.id""",
    "postings": """SELECT p.line, s.name, p.currency, p.amount FROM wallet_posting p JOIN wallet_shop s ON s.account_id =
    p.credit_id
        WHERE p.debit_id = %(account)s ORDER BY p.journal_id""",
    "coupon postings": """SELECT p.line, s.name, p.amount FROM wallet_posting p JOIN wallet_shop s ON s.account_id = p.credit_id
        JOIN wallet_journal j ON j.id = p.journal_id WHERE j.actor = %(actor)s AND p.line > 1 ORDER BY p.journal_id, p.line""",
    "uses": """SELECT k.title, u.discount, u.returned, u.day, u.at, u.claim_id IS NULL, u.given_back_at FROM wallet_couponuse u
        JOIN wallet_coupon k ON k.id = u.coupon_id WHERE u.account_id = %(account)s ORDER BY u.at, u.payment_id, k.title""",
    "counts": """SELECT k.title, n.used, n.day, n.on_day FROM wallet_couponcount n JOIN wallet_coupon k ON k.id = n.coupon_id
        WHERE n.account_id = %(account)s ORDER BY k.title""",
    "claims": """SELECT k.title, c.used_at, c.payment_id IS NULL FROM wallet_couponclaim c
        JOIN wallet_coupon k ON k.id = c.coupon_id
        WHERE c.account_id = %(account)s ORDER BY c.at, k.title""",
    "inbox": """SELECT s.name, i.amount FROM wallet_creditinbox i JOIN wallet_payment y ON y.journal_id = i.journal_id
        JOIN wallet_shop s ON s.account_id = i.account_id WHERE y.account_id = %(account)s ORDER BY i.journal_id""",
    "moves": """SELECT l.kind, l.expires_on, l.issued, m.delta FROM wallet_lotmove m JOIN wallet_lot l ON l.id = m.lot_id
        WHERE l.account_id = %(account)s ORDER BY m.journal_id, l.expires_on, l.kind, l.id""",
    "payments": """SELECT s.name, y.amount, y.discount, y.refunded,
        y.status, y.at, y.version, y.counted_on, y.qr_token_id IS NULL, y.hold_id
        FROM wallet_payment y JOIN wallet_shop s ON s.id = y.shop_id WHERE y.account_id = %(account)s ORDER BY y.journal_id""",
    "codes": """SELECT kind, amount, used_at, cancelled_at, expires_at FROM wallet_qrtoken WHERE account_id = %(account)s
        OR id IN (SELECT qr_token_id FROM wallet_payment WHERE account_id = %(account)s) ORDER BY created_at, id""",
    "audit": """SELECT action, key, recorded_at, subject = actor, why, request_id, what - 'payment_id' - 'account_id' FROM
    kernel_audit
        WHERE what ->> 'account_id' = %(account)s AND action IN ('wallet.pay', 'wallet.charge_customer') ORDER BY
        recorded_at, key""",
    "events": """SELECT name, recorded_at, payload - 'payment_id' - 'account_id' FROM kernel_outbox
        WHERE payload ->> 'account_id' = %(account)s AND name = 'wallet.payment.settled.v1' ORDER BY recorded_at, payload ->>
        'payment_id'""",
    "answers": """SELECT key, recorded_at, length(request_digest), status, is_refusal FROM kernel_answer
        WHERE actor = %(actor)s ORDER BY recorded_at, key""",
}


class Twin:
    """One of two residents to whom the same happens; one pays by the explanation, the other at once."""

    def __init__(self, town: Town, name: str, by_code, at_till):
        self.town, self.name, self.by_code, self.at_till = town, name, by_code, at_till
        self.person = town.resident()

    def rows(self, name: str) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(ROWS[name], {"account": str(self.person.account), "actor": self.person.actor})
            return cursor.fetchall()

    def act(self, who: Person, key: str):
        return self.town.act(who, key=key)


def shape(answer: Answer) -> tuple:
    """Leave out of an answer what two twins cannot share, and keep the order of its members."""
    document = json.loads(answer.body)
    text = answer.body.decode()
    for name in ("id", "receipt_number"):
        text = text.replace(str(document.get(name)), "…", 1)
    return answer.status, answer.is_refusal, text


class Lives:
    """The same random acts for both twins, in step."""

    def __init__(self, seed: int):
        self.dice, self.town = random.Random(seed), Town()
        self.tills = [self.town.till('商店"一"'), self.town.till("店\\二\n三")]
        self.twins = [
            Twin(self.town, "explained", services.pay, services.charge_customer),
            Twin(self.town, "at_once", services.pay_at_once, services.charge_customer_at_once),
        ]
        self.used: list[tuple[str, str]] = []
        self.number = 0
        purse = campaign(self.town, 20_000)
        citys(self.town, purse, "毎日二回", stackable=True, per_day=2)
        soon = self.town.at + timedelta(days=2)
        citys(self.town, purse, "少し", stackable=True, benefit=Fixed(yen=30), minimum=500, ends_at=soon)
        held = citys(self.town, purse, "手もと", needs_claim=True, benefit=Fixed(yen=700), minimum=1500)
        shops(self.town, self.tills[0], stackable=True, benefit=Fixed(yen=20))
        for twin in self.twins:
            services.coupons.claim_coupon(self.town.act(twin.person), coupon_id=held)

    def step(self) -> None:
        self.town.at += timedelta(
            seconds=self.dice.choice((1, 90, 4000)), microseconds=self.dice.choice((0, 7, 120_000))
        )
        self.number += 1
        weights = {
            self.pay: 20,
            self.with_coupons: 12,
            self.charge_paid: 5,
            self.charged: 6,
            self.coins: 6,
            self.replay: 3,
            self.frozen: 2,
        }
        self.dice.choices(list(weights), weights=list(weights.values()))[0]()

    def both(self, perform) -> list[Answer]:
        answers = [perform(twin) for twin in self.twins]
        assert shape(answers[0]) == shape(answers[1])
        if answers[1].status == 201:
            self.same_bytes(answers[1])
        return answers

    def same_bytes(self, answer: Answer) -> None:
        """What the database wrote is what Python would have written."""
        payment_id = UUID(json.loads(answer.body)["id"])
        receipt = access_receipt_for(self.twins[1].person, payment_id)
        assert Answer.of(receipt, 201).body == answer.body

    def pay(self) -> None:
        till, key = self.dice.choice(self.tills), f"step-{self.number:06}"
        amount = self.dice.choice((1, 250, 1999, 3000, 3001, None))
        code = self.dice.choice((till.code,) * 9 + ("not a code",))
        self.both(lambda twin: twin.by_code.answer(twin.act(twin.person, key), code=code, amount=amount))

    def with_coupons(self) -> None:
        """Pay by a quote: as it was, too late, or edited."""
        till, key = self.dice.choice(self.tills), f"step-{self.number:06}"
        price, fate = self.dice.choice((1, 333, 600, 2000)), self.dice.choice(("honest", "honest", "edited", "late"))
        found = {twin: asked(quoted(self.town, twin.person, till, price)) for twin in self.twins}
        if fate == "edited":
            found = {
                twin: [AskedCoupon(part.coupon, part.discount + 1) for part in parts] for twin, parts in found.items()
            }
        if fate == "late":
            self.town.at += timedelta(hours=self.dice.choice((0, 0, 13)), minutes=1)
        self.both(
            lambda twin: twin.by_code.answer(
                twin.act(twin.person, key), code=till.code, amount=price, coupons=found[twin]
            )
        )

    def charge_paid(self) -> None:
        """Pay a charge: fresh, paid before, over, or with another amount."""
        till, key = self.dice.choice(self.tills), f"step-{self.number:06}"
        amount, fate = (
            self.dice.choice((5, 700, 2999)),
            self.dice.choice(("fresh", "fresh", "twice", "late", "cancelled", "other")),
        )
        charges = [
            services.create_charge(self.town.act(till.cashier), shop_id=till.id, amount=amount) for _twin in self.twins
        ]
        if fate == "late":
            self.town.at += timedelta(minutes=6)
        if fate == "cancelled":
            for charge in charges:
                services.cancel_charge(self.town.act(till.cashier), charge_id=charge.id)
        asked = {"other": amount + 1, "fresh": self.dice.choice((None, amount))}.get(fate)
        code = dict(zip(self.twins, (charge.code for charge in charges), strict=True))
        for turn in range(2 if fate == "twice" else 1):
            answers = [
                twin.by_code.answer(twin.act(twin.person, f"{key}-{turn}"), code=code[twin], amount=asked)
                for twin in self.twins
            ]
            assert shape(answers[0]) == shape(answers[1])

    def charged(self) -> None:
        """Be charged at the till by the own code: fresh, twice, late, or where the coin is taken no more."""
        till, key = self.dice.choice(self.tills), f"step-{self.number:06}"
        amount, fate = self.dice.choice((5, 700, 3001)), self.dice.choice(("fresh", "fresh", "twice", "late"))
        code = {twin: self.town.customer_code(twin.person) for twin in self.twins}
        if fate == "late":
            self.town.at += timedelta(minutes=5)
        for turn in range(2 if fate == "twice" else 1):
            answers = [
                twin.at_till.answer(
                    twin.act(till.cashier, f"{key}-{twin.name}-{turn}"),
                    shop_id=till.id,
                    customer_code=code[twin],
                    amount=amount,
                )
                for twin in self.twins
            ]
            assert shape(answers[0]) == shape(answers[1])

    def coins(self) -> None:
        amount, bonus = self.dice.choice((0, 1000, 6000)), self.dice.choice((0, 300, 1200))
        last_day = jst_date(self.town.at) + timedelta(days=self.dice.randrange(0, 3))
        for twin in self.twins:
            if amount or bonus:
                services.issue_coins.answer(
                    self.town.act(SYSTEM),
                    account_id=twin.person.account,
                    amount=amount,
                    bonus=bonus,
                    bonus_expires_on=last_day,
                )

    def frozen(self) -> None:
        """Freeze both, let each try to pay, and now and then end the freeze."""
        scope, till = self.dice.choice(("outgoing", "all")), self.tills[0]
        freezes = [
            services.freeze_account(self.town.act(SYSTEM), account_id=twin.person.account, scope=scope, reason="確認")
            for twin in self.twins
        ]
        answers = self.both(
            lambda twin: twin.by_code.answer(
                twin.act(twin.person, f"frozen-{self.number:06}"), code=till.code, amount=1
            )
        )
        assert json.loads(answers[0].body)["code"] == "account_frozen"
        for freeze in freezes:
            services.unfreeze_account(self.town.act(SYSTEM), freeze_id=freeze.id, why="確認できた")

    def replay(self) -> None:
        """Send an earlier key again, with the same body or another."""
        till, key = (
            self.tills[0],
            "again-and-again" if self.dice.random() < 0.5 else f"again-{self.number % 3}-and-again",
        )
        amount = self.dice.choice((30, 31))

        def send(twin):
            try:
                return twin.by_code.answer(twin.act(twin.person, key), code=till.code, amount=amount)
            except DomainError as refusal:
                return Answer(refusal.status, json.dumps({"code": refusal.code}).encode(), is_refusal=True)

        first, second = (send(twin) for twin in self.twins)
        assert shape(first) == shape(second)


@pytest.mark.parametrize("seed", [3, 2026])
def test_both_ways_leave_the_same_rows(committed_db, seed):
    lives = Lives(seed)
    with override_settings(COIN=settings.COIN | LIMITS):
        for _ in range(130):
            lives.step()
    explained, at_once = lives.twins
    for name in ROWS:
        left, right = explained.rows(name), at_once.rows(name)
        if name == "audit":
            left, right = ([(row[0], row[1].replace(twin.name, "…"), *row[2:]) for row in rows]
                           for twin, rows in ((explained, left), (at_once, right)))  # fmt: skip
        assert left == right, name
        assert left or name == "codes"
    assert Lot.objects.filter(account_id=explained.person.account, open=False).exists()
    assert len(explained.rows("payments")) > 15
