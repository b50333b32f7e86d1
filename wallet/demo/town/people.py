"""The town's people and shops: made from their number, with habits of their own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from random import Random
from uuid import UUID

from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet import services
from wallet.engine.settled import BankEntry

DISTRICTS = (
    "九日町", "紺屋町", "中青井町", "上青井町", "七日町", "五日町", "二日町", "鍛冶屋町", "温泉町", "西間下町", "駒井田町",
    "大工町",
)  # fmt: skip
BANKS = [BankEntry("9901", "見本", "ミホン"), BankEntry("9902", "例の", "レイノ")]
BRANCHES = [BankEntry("001", "本店", "ホンテン", "9901"), BankEntry("001", "本店", "ホンテン", "9902")]
OFFICE = frozenset({"wallet.settle", "wallet.verify_payouts"})
PEOPLE_A_SHOP = 75
_RESIDENT, _OFFICER, _MERCHANT = 1 << 40, 2 << 40, 3 << 40


@dataclass(frozen=True)
class Trade:
    """What a kind of shop sells: its code (ISO 18245), the hours people come, the usual bill, how many of a hundred shops."""

    code: str
    words: str
    hours: tuple[int, int]
    least: int
    most: int
    share: int


TRADES = (
    Trade("5462", "ベーカリー", (7, 10), 180, 900, 10), Trade("5812", "食堂", (11, 14), 550, 1600, 26),
    Trade("5411", "ストア", (16, 20), 400, 4200, 20), Trade("5813", "酒場", (18, 22), 1800, 5200, 8),
    Trade("5912", "薬局", (9, 18), 300, 2600, 8), Trade("7230", "理容", (10, 18), 1800, 4800, 6),
    Trade("5942", "書房", (11, 19), 500, 2400, 5), Trade("7298", "湯", (15, 21), 300, 600, 6),
    Trade("5331", "雑貨", (10, 18), 200, 2200, 7), Trade("4121", "タクシー", (8, 22), 700, 2400, 4),
)  # fmt: skip


def number_id(number: int) -> UUID:
    """Return the id that a number stands for."""
    return UUID(f"00000000-0000-7000-8000-{number:012x}")


def resident_id(number: int) -> UUID:
    """Return the id of the resident of that number; whoever makes the database writes them there first."""
    return number_id(_RESIDENT + number)


def officer_id(number: int) -> UUID:
    """Return the id of one of the two officers."""
    return number_id(_OFFICER + number)


@dataclass
class Townsperson:
    """Somebody who lives here: a principal, with habits."""

    number: int
    actor: UUID
    rights: frozenset[str] = frozenset()
    account: UUID | None = None
    random: Random = field(default_factory=Random)
    home: str = ""
    pay_day: int = 0
    coins: int = 0
    link: str = ""
    trips: int = 25
    scopes: frozenset[str] | None = None
    account_level: int = 2
    account_level_since: datetime | None = None
    authentication_level: int = 2
    language: str = "ja"

    @property
    def subject(self) -> UUID:
        """Who acts for themself."""
        return self.actor

    def authenticated_at(self, level: int) -> datetime | None:
        """Nobody here is asked for more."""
        return None

    def may(self, right: str, within: UUID | None = None) -> bool:
        """Tell whether the office gives it."""
        return right in self.rights


@dataclass(frozen=True)
class Townshop:
    """A shop as its customers know it."""

    number: int
    id: UUID
    account: UUID
    code: str
    trade: Trade
    district: str


class Keys:
    """Acts of the town, each under a key of its own."""

    def __init__(self) -> None:
        """Begin to count."""
        self._numbers = count(1)

    def act(self, who: object, at: datetime) -> Act:
        """Intend something; None is the city's own machinery."""
        return Act(who or SYSTEM, at=at, key=f"town-{next(self._numbers):09}")  # type: ignore[arg-type]


def settle_people(keys: Keys, seed: int, how_many: int, at: datetime) -> Iterator[Townsperson]:
    """Open everybody's account and give them habits: where they live, when they are paid, how often they go out."""
    for number in range(how_many):
        random = Random(f"{seed}/{number}")  # noqa: S311 - made-up people's habits
        person = Townsperson(
            number, resident_id(number), random=random, home=random.choice(DISTRICTS),
            pay_day=random.choice((25, 25, 25, 25, 15, 15, 10, 5)), trips=random.choice((10, 20, 25, 30, 50)),
        )  # fmt: skip
        person.account = services.open_account(keys.act(None, at), resident_id=person.actor).id
        yield person


def open_shops(keys: Keys, seed: int, how_many: int, officer: Townsperson, at: datetime) -> list[Townshop]:
    """Open the shops, each with its code and an account at a made-up bank."""
    random = Random(f"{seed}/shops")  # noqa: S311 - made-up shops
    services.import_banks(keys.act(None, at), banks=BANKS, branches=BRANCHES)
    shops = []
    for number in range(how_many):
        trade = random.choices(TRADES, weights=[each.share for each in TRADES])[0]
        district, merchant = random.choice(DISTRICTS), number_id(_MERCHANT + number)
        opened = services.open_shop(
            keys.act(None, at), organisation_id=merchant, name=f"見本{trade.words} {number + 1}号", name_en=f"Sample {number + 1}",
            trade=trade.code, district=district,
        )  # fmt: skip
        code = services.issue_shop_code(keys.act(None, at), shop_id=opened.id).code
        named = services.register_payout_account(
            keys.act(None, at), organisation_id=merchant, bank_code="9902", branch_code="001", account_type="1",
            number=f"{number + 1:07}", holder="ミホンショウテン",
        )  # fmt: skip
        services.verify_payout_account(keys.act(officer, at), payout_id=named.id, why="通帳の写し")
        shops.append(Townshop(number, opened.id, opened.account_id, code, trade, district))
    return shops
