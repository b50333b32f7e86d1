"""Five weeks in the demo city: coins are bought, spent in the shops, now and then given back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from accounts.selectors import ResidentPrincipal, organisations_of_kind, principal_of, seeded_personas, seeded_residents
from kernel import clock
from kernel.clock import jst_date
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet.demo import WEEKS, anchor_of
from wallet.demo.shops import OTHER, TRADES, Trade
from wallet.selectors.mine import own_balance
from wallet.selectors.shops import shops_of_organisations
from wallet.services import (
    charge_customer_at_once,
    fold_credits,
    issue_coins,
    issue_customer_code,
    issue_shop_code,
    open_account,
    pay_at_once,
    refund_payment,
)

EVERYBODY = 10_000
HEROINE = "hanako@machi.example"
TEA_HOUSE, BAKERY, BATH = "まちの茶屋 見本", "仮名ベーカリー 駅前", "例の湯 温泉町"
TRIPS = 3  # of one person in the five weeks, on average
REFUNDED = 0.03
BY_CUSTOMERS_CODE = 0.1


@dataclass(frozen=True)
class Shop:
    """A shop of the demo city as its customers know it."""

    id: UUID
    code: str
    trade: Trade


class Person:
    """A resident who goes shopping; what they do is drawn from their own seed."""

    def __init__(self, principal: ResidentPrincipal, shops: dict[str, Shop], anchor: datetime, seed: int) -> None:
        """Open the wallet."""
        self.principal, self.shops, self.anchor = principal, shops, anchor
        self.random = Random(seed)  # noqa: S311 - chooses what made-up people buy
        self.coins = 0
        self._keys = count(1)
        opening = self._act(anchor - timedelta(weeks=WEEKS, days=1), by_the_city=True)
        self.account = open_account(opening, resident_id=principal.actor).id

    def live(self) -> None:
        """Top up and go shopping."""
        trips = sorted(self._opening_hours() for _ in range(self.random.randrange(2 * TRIPS + 1)))
        began = trips[0] if trips else self._opening_hours()
        self.buy(self.random.choice((5000, 10_000, 10_000, 20_000, 30_000)), at=began - timedelta(hours=1))
        for at in trips:
            self._shop(at)

    def buy(self, amount: int, *, at: datetime) -> None:
        """Buy coins; the city adds a tenth, which lives for some weeks only."""
        last_day = jst_date(at) + timedelta(days=self.random.randrange(40, 120))
        self.receive(amount, amount // 10, at=at, bonus_ends_on=last_day)

    def receive(self, amount: int, bonus: int, *, at: datetime, bonus_ends_on: date | None = None) -> None:
        """Get coins."""
        act = self._act(at, by_the_city=True)
        issue_coins(act, account_id=self.account, amount=amount, bonus=bonus, bonus_expires_on=bonus_ends_on)
        self.coins += amount + bonus

    def pay(self, shop: Shop, amount: int, *, at: datetime) -> UUID:
        """Pay: mostly by the counter's code, sometimes by showing one's own."""
        self.coins -= amount
        if self.random.random() >= BY_CUSTOMERS_CODE:
            return pay_at_once(self._act(at), code=shop.code, amount=amount).id
        code = issue_customer_code(self._act(at)).code
        act = self._act(at, by_the_city=True)
        return charge_customer_at_once(act, shop_id=shop.id, customer_code=code, amount=amount).id

    def return_goods(self, payment_id: UUID, amount: int, *, at: datetime) -> None:
        """Get money back."""
        refund_payment(self._act(at, by_the_city=True), payment_id=payment_id, amount=amount)
        self.coins += amount

    def _shop(self, at: datetime) -> None:
        shop = self.random.choice(list(self.shops.values()))
        amount = self.random.randrange(shop.trade.least, shop.trade.most, 10)
        if amount > self.coins:
            self.buy(5000, at=at - timedelta(minutes=3))
        payment_id = self.pay(shop, amount, at=at)
        if self.random.random() < REFUNDED:
            self.return_goods(payment_id, self.random.choice((amount, amount // 2)), at=at + timedelta(minutes=20))

    def _opening_hours(self) -> datetime:
        """Return an instant between nine and eight in the evening, on one of the days before the anchor."""
        days, minutes = self.random.randrange(1, WEEKS * 7), self.random.randrange(9 * 60, 20 * 60)
        return self.anchor - timedelta(days=days) + timedelta(minutes=minutes)

    def _act(self, at: datetime, *, by_the_city: bool = False) -> Act:
        key = f"demo-{self.principal.actor}-{next(self._keys)}"
        return Act(SYSTEM if by_the_city else self.principal, at=at, key=key)


def seed_life() -> None:
    """Let everybody live their weeks; who has coins already is left as they are."""
    anchor = anchor_of(clock.now())
    shops = _shops()
    heroine = next((each.resident_id for each in seeded_personas() if each.persona.email == HEROINE), None)
    for number, user in enumerate(seeded_residents(EVERYBODY)):
        principal = principal_of(user.resident_id)
        if own_balance(principal, at=anchor).version == 0:
            person = Person(principal, shops, anchor, seed=number)
            (_tell_the_heroine if user.resident_id == heroine else Person.live)(person)
    fold_credits()


def _tell_the_heroine(hanako: Person) -> None:
    """Leave her with 4,820 coins, of which a gift of 500 ends in six days."""
    noon = {ago: hanako.anchor - timedelta(days=ago) + timedelta(hours=12) for ago in (30, 16, 9, 3, 2, 1)}
    hanako.receive(6000, 0, at=noon[30])
    for ago, shop, amount in ((16, TEA_HOUSE, 520), (9, BAKERY, 380), (3, BATH, 400)):
        hanako.pay(hanako.shops[shop], amount, at=noon[ago])
    payment_id = hanako.pay(hanako.shops[TEA_HOUSE], 480, at=noon[2])
    hanako.return_goods(payment_id, 100, at=noon[2] + timedelta(hours=1))
    hanako.receive(0, 500, at=noon[1], bonus_ends_on=jst_date(hanako.anchor) + timedelta(days=6))


def _shops() -> dict[str, Shop]:
    trades = {merchant.id: TRADES.get(merchant.name, OTHER) for merchant in organisations_of_kind("merchant")}
    rows = sorted(shops_of_organisations(list(trades)), key=lambda row: row.name)
    act = Act(SYSTEM, at=clock.now())
    return {
        row.name: Shop(row.id, issue_shop_code(act, shop_id=row.id).code, trades[row.organisation_id]) for row in rows
    }
