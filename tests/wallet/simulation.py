"""A seeded town at work, and an auditor who says beforehand what each act will bring.

The auditor keeps books of its own, in plain Python and without the engine's code; what the ledger answers, refusals
included, must be what it said, and so must the balances afterwards.
"""

import random
from datetime import date, datetime, timedelta

from django.conf import settings
from django.test import override_settings

from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import DomainError
from tests.wallet.auditor import AuditedLot, Deal, Purse
from tests.wallet.coupons.shop import campaign, citys
from tests.wallet.town import Person, Till, Town
from wallet import services
from wallet.engine.coupons import Percent
from wallet.engine.coupons.answers import AskedCoupon
from wallet.models import Balance, Lot, Transfer

LIMITS = {"per_payment": 5_000, "per_day": 12_000, "balance": 40_000}
SEND = {"per_send": 3_000, "per_day": 6_000, "per_month": 9_000, "count_per_day": 3}
OFFICERS = tuple(Person(new_id(), frozenset({"wallet.freeze_accounts"})) for _ in range(2))
MINIMUM, CAP, BUDGET = 100, 150, 3_000
"""Of the city's one coupon, a tenth off; its budget is spent soon, and refunds fill it again."""


class Simulation:
    """The town, its books and the auditor's."""

    def __init__(self, seed: int, *, residents: int = 4, shops: int = 2, only_fast: bool = False) -> None:
        self.dice = random.Random(seed)
        self.town = Town()
        self.purses = [Purse(self.town.resident()) for _ in range(residents)]
        self.tills = [self.town.till(f"店{number}") for number in range(shops)]
        self.takings = {till.id: 0 for till in self.tills}
        self.payments: list[Deal] = []
        self.holds: list[Deal] = []
        self.codes: dict[str, tuple[Purse, datetime]] = {}
        self.spent_codes: list[str] = []
        self.lots = 0
        self.purse_of_city = campaign(self.town, BUDGET)
        self.coupon = citys(
            self.town, self.purse_of_city, benefit=Percent(percent=10, cap=CAP), minimum=MINIMUM,
            ends_at=self.town.at + timedelta(days=900),
        )  # fmt: skip
        self.budget = BUDGET
        self.outcomes: dict[str, int] = {}
        self.weights = {
            self.pay: 700 if only_fast else 30, self.top_up: 18 if only_fast else 12, self.charge: 8, self.refund: 10,
            self.void: 3, self.hold: 5, self.capture: 4, self.release: 2, self.sweep: 1, self.fold: 3, self.night: 1,
            self.bargain: 8, self.send: 40 if only_fast else 8, self.freeze: 1, self.thaw: 2,
        }  # fmt: skip
        self.only_fast = only_fast

    def live(self, steps: int, after_each=lambda: None) -> None:
        """Let so much happen, under limits that are soon met."""
        with override_settings(COIN=settings.COIN | LIMITS, SEND=settings.SEND | SEND):
            for _ in range(steps):
                self.step()
                after_each()
        for purse in self.purses:
            self._hold_against_rows(purse)
        assert Balance.objects.get(pk=self.purse_of_city.account_id).amount == self.budget

    def step(self) -> None:
        """Let something happen, a second or more after what happened before."""
        self.town.at += timedelta(seconds=self.dice.choice((1, 1, 7, 60)))
        self.dice.choices(list(self.weights), weights=list(self.weights.values()))[0]()

    @property
    def day(self) -> date:
        return jst_date(self.town.at)

    def amount(self) -> int:
        small = (1, 5, 10, 20, 50, 99, 120, 200) * 5 if self.only_fast else ()
        return self.dice.choice((*small, 10, 480, 1500, 2500, 5000, 5001))

    def _expect(self, expected: str | None, perform):
        """Perform and compare the outcome: a refusal's code, or None for success."""
        try:
            value, outcome = perform(), None
        except DomainError as refusal:
            value, outcome = None, refusal.code
        assert outcome == expected
        name = f"{perform.__name__}:{outcome or 'done'}"
        self.outcomes[name] = self.outcomes.get(name, 0) + 1
        return value

    def _why_not(self, purse: Purse, till: Till, amount: int) -> str | None:
        if amount > LIMITS["per_payment"]:
            return "limit_per_payment"
        return self._why_not_taken(purse, amount)

    def _why_not_taken(self, purse: Purse, amount: int) -> str | None:
        if purse.frozen:
            return "account_frozen"
        if purse.live(self.day) < amount:
            return "insufficient_funds"
        if purse.spent_today(self.day) + amount > LIMITS["per_day"]:
            return "limit_per_day"
        return None

    def _settled(self, purse: Purse, till: Till, amount: int, receipt) -> None:
        taken = purse.take(amount, self.day)
        self.payments.append(Deal(receipt.id, purse, till, amount, purse.spent_on, taken, self.town.at))
        self.takings[till.id] += amount
        self._compare(purse)

    def pay(self) -> None:
        purse, till, amount = self.dice.choice(self.purses), self.dice.choice(self.tills), self.amount()
        how = services.pay_at_once if self.only_fast else self.dice.choice((services.pay, services.pay_at_once))

        def pay():
            return how(self.town.act(purse.person), code=till.code, amount=amount)

        receipt = self._expect(self._why_not(purse, till, amount), pay)
        if receipt:
            self._settled(purse, till, amount, receipt)

    def bargain(self) -> None:
        """Pay with the city's coupon as it was quoted, or with a discount that nobody quoted."""
        purse, till, price = self.dice.choice(self.purses), self.dice.choice(self.tills), self.amount()
        off = min(price // 10, CAP) if price >= MINIMUM else 0
        off = off if off <= self.budget else 0
        claimed = self.dice.choice((off, off, off, off + 1, CAP))
        if claimed == 0:
            return
        how = self.dice.choice((services.pay, services.pay_at_once))

        def bargain():
            asked = [AskedCoupon(self.coupon, claimed)]
            return how(self.town.act(purse.person), code=till.code, amount=price, coupons=asked)

        expected = "limit_per_payment" if price > LIMITS["per_payment"] else None
        expected = expected or ("quote_changed" if claimed != off else self._why_not_taken(purse, price - off))
        receipt = self._expect(expected, bargain)
        if receipt:
            assert (receipt.amount, receipt.discount) == (price - off, off)
            self._settled(purse, till, price - off, receipt)
            self.payments[-1].off = off
            self.budget -= off
            self.takings[till.id] += off

    def send(self) -> None:
        """Send paid coins; each lot arrives with the last day it had."""
        purse, other = self.dice.choice(self.purses), self.dice.choice(self.purses)
        amount = self.dice.choice((10, 500, 1500, 3000, 3001))
        if other.link[1] < self.day:
            link = services.issue_receive_code(self.town.act(other.person), label="").link
            other.link = (link, self.day + timedelta(days=80))

        def send():
            return services.send(self.town.act(purse.person), to=other.link[0], amount=amount)

        sent = self._expect(self._why_not_sent(purse, other, amount), send)
        if not sent:
            return
        purse.sent.append((self.day, amount))
        taken = purse.take(amount, self.day, ("paid",))
        journal = Transfer.objects.get(pk=sent.id).journal_id
        arrived = Lot.objects.filter(journal_id=journal).order_by("id").values_list("expires_on", "remaining")
        assert sorted(arrived) == sorted((lot.expires_on, part) for lot, part in taken)
        for expires_on, part in arrived:
            self.lots += 1
            other.lots.append(AuditedLot(self.lots, "paid", expires_on, part))
        self._compare(purse)
        self._compare(other)

    def _why_not_sent(self, purse: Purse, other: Purse, amount: int) -> str | None:
        if other is purse:
            return "sending_oneself"
        today = [yen for day, yen in purse.sent if day == self.day]
        month = [yen for day, yen in purse.sent if (day.year, day.month) == (self.day.year, self.day.month)]
        if amount > SEND["per_send"]:
            return "limit_per_send"
        if len(today) >= SEND["count_per_day"]:
            return "too_many_sends"
        if sum(today) + amount > SEND["per_day"]:
            return "limit_sends_per_day"
        if sum(month) + amount > SEND["per_month"]:
            return "limit_sends_per_month"
        if why := self._why_not_taken(purse, amount):
            return why
        if purse.live(self.day, ("paid",)) < amount:
            return "paid_coins_short"
        is_full = other.amount + other.held + amount > LIMITS["balance"]
        return "recipient_cannot_receive" if is_full or other.frozen == "all" else None

    def freeze(self) -> None:
        purse = self.dice.choice(self.purses)
        if not purse.frozen:
            scope = self.dice.choice(("outgoing", "all"))
            act = self.town.act(OFFICERS[0])
            purse.freeze = services.freeze_account(
                act, account_id=purse.person.account, scope=scope, reason="確認中"
            ).id
            purse.frozen = scope

    def thaw(self) -> None:
        """End a freeze: by another officer, not by the one who froze."""
        stopped = [purse for purse in self.purses if purse.frozen]
        if not stopped:
            return
        purse, number = self.dice.choice(stopped), self.dice.choice((0, 1, 1))

        def thaw():
            return services.unfreeze_account(self.town.act(OFFICERS[number]), freeze_id=purse.freeze, why="確認済み")

        if self._expect(None if number else "another_officer_needed", thaw):
            purse.frozen = ""

    def charge(self) -> None:
        till, amount = self.dice.choice(self.tills), self.amount()
        code, expected, purse = self._some_code()
        expected = expected or self._why_not(purse, till, amount)
        how = self.dice.choice((services.charge_customer, services.charge_customer_at_once))

        def charge():
            return how(self.town.act(till.cashier), shop_id=till.id, customer_code=code, amount=amount)

        receipt = self._expect(expected, charge)
        if receipt:
            self._used(code)
            self._settled(purse, till, amount, receipt)

    def _some_code(self) -> tuple[str, str | None, Purse]:
        """Show a fresh code, or try one that was used or whose time is over."""
        fate = self.dice.random()
        old = [code for code, (_purse, until) in self.codes.items() if until <= self.town.at]
        if fate < 0.15 and self.spent_codes:
            return self.dice.choice(self.spent_codes), "code_used", self.purses[0]
        if fate < 0.3 and old:
            return self.dice.choice(old), "code_expired", self.purses[0]
        purse = self.dice.choice(self.purses)
        code = self.town.customer_code(purse.person)
        self.codes[code] = (purse, self.town.at + timedelta(minutes=5))
        return code, None, purse

    def _used(self, code: str) -> None:
        self.codes.pop(code)
        self.spent_codes.append(code)

    def top_up(self) -> None:
        purse, bonus = self.dice.choice(self.purses), self.dice.random() < 0.4
        amount = self.dice.choice((500, 3000, 10_000, 39_000))
        last_day = self.day + timedelta(days=self.dice.randrange(0, 4)) if bonus else None
        more = amount // 5 if bonus else 0
        if bonus and self.dice.random() < 0.5:  # a gift alone
            amount, more = 0, amount
        fits = purse.amount + purse.held + amount + more <= LIMITS["balance"]

        def top_up():
            return services.issue_coins(
                self.town.act(SYSTEM),
                account_id=purse.person.account,
                amount=amount,
                bonus=more,
                bonus_expires_on=last_day,
            )

        expected = "account_frozen" if purse.frozen == "all" else None if fits else "limit_balance"
        if self._expect(expected, top_up):
            self.lots += 2
            paid_until = self.day + timedelta(days=settings.COIN["lot_days"])
            if amount:
                purse.lots.append(AuditedLot(self.lots, "paid", paid_until, amount))
            if bonus:
                purse.lots.append(AuditedLot(self.lots + 1, "bonus", last_day, more))
            self._compare(purse)

    def refund(self) -> None:
        if not self.payments:
            return
        deal = self.dice.choice(self.payments[-30:])
        left = deal.amount - deal.back
        amount = self.dice.choice((1, max(1, left // 2), max(1, left), left + 1))

        def refund():
            return services.refund_payment(self.town.act(deal.till.cashier), payment_id=deal.id, amount=amount)

        receipt = self._expect("refund_exceeds_payment" if amount > left else None, refund)
        if receipt:
            self._gave_back(deal, amount)
            deal.status = "refunded" if deal.back == deal.amount else "partly_refunded"
            assert (receipt.status, receipt.refunded) == (deal.status, deal.back)

    def void(self) -> None:
        if not self.payments:
            return
        deal = self.dice.choice(self.payments[-30:])
        voidable = deal.status == "paid" and jst_date(deal.at) == self.day

        def void():
            return services.void_payment(self.town.act(deal.till.cashier), payment_id=deal.id)

        if self._expect(None if voidable else "payment_not_voidable", void):
            self._gave_back(deal, deal.amount)
            deal.status = "voided"

    def _gave_back(self, deal: Deal, amount: int) -> None:
        deal.give_back(amount)
        from_city = deal.off * deal.back // deal.amount - deal.off_back
        deal.off_back += from_city
        self.budget += from_city
        self.takings[deal.till.id] -= amount + from_city
        self._compare(deal.purse)

    def hold(self) -> None:
        till, amount = self.dice.choice(self.tills), self.amount()
        code, expected, purse = self._some_code()
        expected = expected or self._why_not(purse, till, amount)

        def hold():
            return services.hold(self.town.act(till.cashier), shop_id=till.id, customer_code=code, amount=amount)

        state = self._expect(expected, hold)
        if state:
            self._used(code)
            taken = purse.take(amount, self.day)
            purse.held += amount
            self.holds.append(Deal(state.id, purse, till, amount, purse.spent_on, taken, self.town.at, status="held"))
            self._compare(purse)

    def capture(self) -> None:
        if not self.holds:
            return
        deal = self.dice.choice(self.holds[-10:])
        amount = self.dice.choice((1, max(1, deal.amount // 2), deal.amount, deal.amount + 1))
        is_open = deal.status == "held" and self.town.at < deal.at + timedelta(days=1)
        expected = "hold_not_open" if not is_open else "capture_exceeds_hold" if amount > deal.amount else None

        def capture():
            return services.capture_hold(self.town.act(deal.till.cashier), hold_id=deal.id, amount=amount)

        receipt = self._expect(expected, capture)
        if receipt:
            self._closed(deal, deal.amount - amount, "captured")
            paid = Deal(receipt.id, deal.purse, deal.till, amount, deal.counted_on, deal.taken, self.town.at)
            self.payments.append(paid)
            self.takings[deal.till.id] += amount

    def release(self) -> None:
        if not self.holds:
            return
        deal = self.dice.choice(self.holds[-10:])

        def release():
            return services.release_hold(self.town.act(deal.till.cashier), hold_id=deal.id)

        if self._expect(None if deal.status == "held" else "hold_not_open", release):
            self._closed(deal, deal.amount, "released")

    def _closed(self, deal: Deal, rest: int, status: str) -> None:
        deal.status = status
        deal.purse.held -= deal.amount
        deal.give_back(rest)
        self._compare(deal.purse)

    def sweep(self) -> None:
        """Expire lots, and release the holds whose time is over."""
        over = [lot for purse in self.purses for lot in purse.lots if lot.expires_on < self.day]
        assert services.expire_lots(at=self.town.at) == sum(lot.remaining for lot in over)
        for lot in over:
            lot.remaining = 0
        late = [deal for deal in self.holds if deal.status == "held" and deal.at + timedelta(days=1) <= self.town.at]
        assert services.release_expired_holds(at=self.town.at) == len(late)
        for deal in late:
            self._closed(deal, deal.amount, "released")

    def fold(self) -> None:
        services.fold_credits()
        assert sum(self.takings.values()) == sum(Balance.objects.get(pk=till.account).amount for till in self.tills)

    def night(self) -> None:
        """Let some hours pass."""
        self.town.at += timedelta(hours=self.dice.choice((3, 9, 30)))

    def _compare(self, purse: Purse) -> None:
        if not self.only_fast or self.dice.random() < 0.05:
            self._hold_against_rows(purse)

    def _hold_against_rows(self, purse: Purse) -> None:
        """Hold the auditor's book against the ledger's rows."""
        row = Balance.objects.get(pk=purse.person.account)
        assert (row.amount, row.held, row.spent) == (purse.amount, purse.held, purse.spent)
        lots = Lot.objects.filter(account_id=row.pk, open=True).order_by("expires_on", "kind", "id")
        known = sorted((lot for lot in purse.lots if lot.remaining), key=lambda lot: lot.order)
        assert [(lot.kind, lot.expires_on, lot.remaining) for lot in lots] == [
            (lot.kind, lot.expires_on, lot.remaining) for lot in known
        ]
