"""What a person does in a day: buys coins when they are paid or run short, goes out, and now and then something goes back."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kernel.problems import DomainError
from wallet import services
from wallet.demo.town.campaigns import UNIT_YEN, Week
from wallet.demo.town.people import Keys, Townshop, Townsperson
from wallet.engine.coupons.answers import AskedCoupon
from wallet.errors import InsufficientFunds
from wallet.selectors.coupons.quoting import quote_for_payer

BY_CUSTOMERS_CODE, HELD, REFUNDED, VOIDED = 40, 12, 20, 6
"""Of a thousand trips."""
AT_A_TILL = 150
"""Of a thousand top-ups."""
SENDING = 10
"""Of a thousand people, on a day."""

Trip = tuple[datetime, Townsperson, Townshop, int]
"""When, who, where, how much."""


@dataclass
class Street:
    """Where the town meets: its shops by trade, what waits to be done later today, and what was refused."""

    keys: Keys
    shops: list[Townshop]
    week: Week | None = None
    later: list[tuple[datetime, str, UUID, int, Townsperson]] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Sort the shops by trade and district."""
        self.by_trade: dict[str, list[Townshop]] = {}
        for shop in self.shops:
            self.by_trade.setdefault(shop.trade.code, []).append(shop)

    def go_out(self, person: Townsperson, midnight: datetime, weekday: int) -> Iterator[Trip]:
        """Yield when, where and for how much this person goes out on a day; at week-ends more often."""
        chance = person.trips + (10 if weekday >= 5 else 0)
        for _ in range(2):
            if person.random.randrange(100) >= chance:
                continue
            shop = self._choose(person)
            first, last = shop.trade.hours
            at = midnight + timedelta(seconds=person.random.randrange(first * 3600, last * 3600))
            yield at, person, shop, person.random.randrange(shop.trade.least, shop.trade.most, 10)

    def _choose(self, person: Townsperson) -> Townshop:
        """Choose a shop, of two offered the one in the person's own district."""
        one, other = person.random.choice(self.shops), person.random.choice(self.shops)
        return other if other.district == person.home else one

    def buy_coins(self, person: Townsperson, amount: int, at: datetime) -> bool:
        """Buy coins, with a bonus while there are some; refused where more would be held than one may."""
        if self.week is not None and amount >= UNIT_YEN and self._buy_premium(person, self.week, at):
            return True
        act = self.keys.act(None, at)
        try:
            if person.random.randrange(1000) < AT_A_TILL:
                code = services.issue_customer_code(self.keys.act(person, at)).code
                shop = person.random.choice(self.shops)
                services.top_up_at_shop(act, shop_id=shop.id, customer_code=code, amount=amount)
            else:
                services.issue_coins(act, account_id=_account(person), amount=amount)
        except DomainError as refusal:
            self.done[f"top_up:{refusal.code}"] += 1
            return False
        self.done["top_up"] += 1
        person.coins += amount
        return True

    def _buy_premium(self, person: Townsperson, week: Week, at: datetime) -> bool:
        code = services.issue_customer_code(self.keys.act(person, at)).code
        try:
            sale = services.sell_premium_at_counter(
                self.keys.act(None, at), premium_id=week.premium, customer_code=code, units=1, amount=UNIT_YEN
            )
        except DomainError as refusal:
            self.done[f"premium:{refusal.code}"] += 1
            return False
        self.done["premium"] += 1
        person.coins += UNIT_YEN + sale.bonus
        return True

    def shop_at(self, person: Townsperson, shop: Townshop, amount: int, at: datetime) -> None:
        """Pay, or let the shop hold; whoever is short buys coins first."""
        if person.coins < amount and not self.buy_coins(person, 5000, at - timedelta(seconds=30)):
            return
        fate = person.random.randrange(1000)
        try:
            paid = self._pay(person, shop, amount, at, fate)
        except InsufficientFunds:  # a bonus ended meanwhile
            self.done["pay:insufficient_funds"] += 1
            person.coins = 0
            return
        except DomainError as refusal:
            self.done[f"pay:{refusal.code}"] += 1
            return
        if paid is None:
            person.coins -= amount
            return
        payment, amount = paid
        person.coins -= amount
        if fate >= 1000 - REFUNDED:
            part = person.random.choice((amount, max(1, amount // 2)))
            self.later.append((at + timedelta(hours=person.random.randrange(1, 30)), "refund", payment, part, person))
        elif fate >= 1000 - REFUNDED - VOIDED:
            self.later.append((at + timedelta(minutes=5), "void", payment, amount, person))

    def _pay(
        self, person: Townsperson, shop: Townshop, amount: int, at: datetime, fate: int
    ) -> tuple[UUID, int] | None:
        """Return the payment and what was paid, coupons taken off; nothing for a hold."""
        if fate >= HELD + BY_CUSTOMERS_CODE:
            act, asked = self.keys.act(person, at), self._coupons(person, shop, amount, at)
            paid = services.pay_at_once(act, code=shop.code, amount=amount, coupons=asked)
            self.done["pay"] += 1
            self.done["coupons"] += len(asked)
            return paid.id, paid.amount
        code = services.issue_customer_code(self.keys.act(person, at)).code
        act = self.keys.act(None, at + timedelta(seconds=20))
        if fate >= HELD:
            paid = services.charge_customer_at_once(act, shop_id=shop.id, customer_code=code, amount=amount)
            self.done["pay"] += 1
            return paid.id, paid.amount
        held = services.hold(act, shop_id=shop.id, customer_code=code, amount=amount).id
        self.done["hold"] += 1
        if person.random.randrange(10):
            self.later.append(
                (at + timedelta(hours=1), "capture", held, amount * person.random.choice((5, 9, 10)) // 10, person)
            )
        return None

    def _coupons(self, person: Townsperson, shop: Townshop, amount: int, at: datetime) -> list[AskedCoupon]:
        """Look at the price as the phone does, while coupons are out."""
        if self.week is None or at >= self.week.ends_at:
            return []
        found = quote_for_payer(person, code=shop.code, amount=amount, at=at).coupons
        return [AskedCoupon(each.coupon, each.discount) for each in found]

    def send(self, person: Townsperson, other: Townsperson, at: datetime) -> None:
        """Send some coins to somebody, by the link that they showed once; a bonus cannot be sent, and not all is."""
        amount = person.random.choice((500, 1000, 1000, 2000, 3000))
        if person is other or person.coins < amount:
            return
        if not other.link:
            other.link = services.issue_receive_code(self.keys.act(other, at)).link
        try:
            services.send(self.keys.act(person, at), to=other.link, amount=amount)
        except DomainError as refusal:
            self.done[f"send:{refusal.code}"] += 1
            return
        self.done["send"] += 1
        person.coins -= amount
        other.coins += amount

    def catch_up(self, until: datetime) -> None:
        """Do what was meant to happen later and is due: captures, refunds, voids."""
        due = sorted((each for each in self.later if each[0] < until), key=lambda each: (each[0], each[4].number))
        self.later = [each for each in self.later if each[0] >= until]
        for at, deed, what, amount, person in due:
            act = self.keys.act(None, at)
            try:
                _DEEDS[deed](act, what, amount)
            except DomainError as refusal:
                self.done[f"{deed}:{refusal.code}"] += 1
            else:
                self.done[deed] += 1
                person.coins += amount if deed != "capture" else 0


def _capture(act: Any, hold_id: UUID, amount: int) -> None:
    services.capture_hold(act, hold_id=hold_id, amount=max(1, amount))


def _refund(act: Any, payment_id: UUID, amount: int) -> None:
    services.refund_payment(act, payment_id=payment_id, amount=amount)


def _void(act: Any, payment_id: UUID, _amount: int) -> None:
    services.void_payment(act, payment_id=payment_id)


_DEEDS = {"capture": _capture, "refund": _refund, "void": _void}


def _account(person: Townsperson) -> UUID:
    if person.account is None:
        raise LookupError(person.number)
    return person.account
