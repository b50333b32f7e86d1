"""An office that pays coins out, for the tests: a bank, two officers with tills, residents with coins."""

from dataclasses import dataclass, field
from functools import cached_property

from accounts.models import Resident
from kernel.ids import new_id
from kernel.principal import SYSTEM
from tests.wallet.settlement.market import BANKS, BRANCHES
from tests.wallet.town import Person, Town
from wallet import services
from wallet.engine.payout_results import BankAccount

RIGHTS = frozenset({"wallet.pay_out", "wallet.keep_till"})
TO = BankAccount(bank_code="9902", branch_code="001", account_type="1", number="1234567", holder="ヤマダ ハナコ")
SAID = {"case": "moved_away", "reason": "市外へ転居", "evidence": "転出証明書 第12号"}


@dataclass
class PayoutOffice:
    """What a story of payouts needs, one call a fact."""

    town: Town = field(default_factory=Town)

    def __post_init__(self) -> None:
        services.import_banks(self.town.act(SYSTEM), banks=BANKS, branches=BRANCHES)

    @cached_property
    def first(self) -> Person:
        return self._officer()

    @cached_property
    def second(self) -> Person:
        return self._officer()

    def ask(self, person: Person, bank: BankAccount | None = None):
        return services.ask_payout(self.town.act(person), wish="moving", bank=bank)

    def opened(self, person: Person, bank: BankAccount | None = None, **said):
        """Let the person ask and the first officer open it."""
        asked = self.ask(person, bank)
        return services.open_payout(self.town.act(self.first), payout_id=asked.id, **(SAID | said))

    def approved(self, person: Person, bank: BankAccount | None = None, **said):
        opened = self.opened(person, bank, **said)
        return services.approve_payout(self.town.act(self.second), payout_id=opened.id)

    def _officer(self) -> Person:
        row = Resident.objects.create(id=new_id(self.town.at), created_at=self.town.at)
        return Person(row.pk, RIGHTS)
