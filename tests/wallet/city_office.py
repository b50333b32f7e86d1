"""The city's office for the tests: a town, made-up banks by their codes, and two officers."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from accounts.models import Resident
from kernel.ids import new_id
from kernel.principal import SYSTEM
from tests.wallet.town import Person, Town
from wallet import services
from wallet.engine.settled import BankEntry

BANKS = [BankEntry("9901", "見本", "ミホン"), BankEntry("9902", "例の", "レイノ")]
BRANCHES = [
    BankEntry("001", "本店", "ホンテン", "9901"),
    BankEntry("002", "温泉町", "オンセンマチ", "9901"),
    BankEntry("001", "本店", "ホンテン", "9902"),
]
ACCOUNT = {
    "bank_code": "9901",
    "branch_code": "001",
    "account_type": "1",
    "account_number": "0000001",
}  # the city's own


@dataclass
class CityOffice:
    """What a story of the city's office needs, one call a fact; who makes one names the officers' rights."""

    RIGHTS: ClassVar[frozenset[str]]

    town: Town = field(default_factory=Town)

    def __post_init__(self) -> None:
        services.import_banks(self.town.act(SYSTEM), banks=BANKS, branches=BRANCHES)

    @cached_property
    def first(self) -> Person:
        return self._officer()

    @cached_property
    def second(self) -> Person:
        return self._officer()

    def _officer(self) -> Person:
        row = Resident.objects.create(id=new_id(self.town.at), created_at=self.town.at)
        return Person(row.pk, self.RIGHTS)
