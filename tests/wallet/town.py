"""A small town for the ledger's tests: residents with accounts, shops with tills, and instants that are fixed."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

from accounts.models import Resident
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet import services
from wallet.models import Balance

NOON = datetime(2026, 11, 3, 3, 0, tzinfo=UTC)  # twelve o'clock in Japan
TILL = frozenset({"wallet.see_till", "wallet.charge", "wallet.refund", "wallet.refund_later", "wallet.top_up_at_shop"})

_keys = count(1)


@dataclass(frozen=True)
class Person:
    """Who acts in a test: a resident, and what they may do."""

    actor: UUID
    rights: frozenset[str] = frozenset()
    account: UUID | None = None
    account_level: int = 2
    account_level_since: datetime | None = None
    authentication_level: int = 1
    language: str = "ja"
    scopes: frozenset[str] | None = None

    @property
    def subject(self) -> UUID:
        return self.actor

    def authenticated_at(self, level: int) -> datetime | None:
        return NOON if level <= self.authentication_level else None

    def may(self, right: str, within: UUID | None = None) -> bool:
        return right in self.rights


@dataclass(frozen=True)
class Till:
    """A shop, its standing code, and a cashier who may do everything at its till."""

    id: UUID
    account: UUID
    code: str
    cashier: Person


@dataclass
class Town:
    """What a story needs, one call a fact."""

    at: datetime = NOON
    people: list[Person] = field(default_factory=list)

    def resident(self, *coins: tuple[str, int, date], yen: int = 0) -> Person:
        """Open an account, with so many paid yen and these lots (``("bonus", 500, last_day)``)."""
        row = Resident.objects.create(id=new_id(self.at), created_at=self.at)
        account = services.open_account(self.act(SYSTEM), resident_id=row.pk).id
        person = Person(row.pk, account=account)
        for kind, amount, last_day in coins:
            assert kind == "bonus"
            services.issue_coins(self.act(SYSTEM), account_id=account, bonus=amount, bonus_expires_on=last_day)
        if yen:
            services.issue_coins(self.act(SYSTEM), account_id=account, amount=yen)
        self.people.append(person)
        return person

    def till(self, name: str = "テスト商店") -> Till:
        """Register a shop."""
        shop = services.open_shop(
            self.act(SYSTEM), organisation_id=new_id(self.at), name=name, name_en="Test shop", trade="5411"
        )
        code = services.issue_shop_code(self.act(SYSTEM), shop_id=shop.id).code
        row = Resident.objects.create(id=new_id(self.at), created_at=self.at)
        return Till(shop.id, shop.account_id, code, Person(row.pk, TILL))

    def act(self, who, *, after: timedelta = timedelta(), key: str | None = None) -> Act:
        """Intend something, under a key of its own unless one is given."""
        return Act(who, at=self.at + after, key=key or f"test-key-{next(_keys)}")

    def customer_code(self, person: Person, *, after: timedelta = timedelta()) -> str:
        """Show the customer's own code."""
        return services.issue_customer_code(self.act(person, after=after)).code


def amount_of(account_id: UUID) -> int:
    """Read what stands in the balance row."""
    return Balance.objects.get(pk=account_id).amount
