"""An office that pays coins out, for the tests: a bank, two officers with tills, residents with coins."""

from tests.wallet.city_office import CityOffice
from tests.wallet.town import Person
from wallet import services
from wallet.engine.payout_results import BankAccount

TO = BankAccount(bank_code="9902", branch_code="001", account_type="1", number="1234567", holder="ヤマダ ハナコ")
SAID = {"case": "moved_away", "reason": "市外へ転居", "evidence": "転出証明書 第12号"}


class PayoutOffice(CityOffice):
    """What a story of payouts needs, one call a fact."""

    RIGHTS = frozenset({"wallet.pay_out", "wallet.keep_till"})

    def ask(self, person: Person, bank: BankAccount | None = None):
        return services.ask_payout(self.town.act(person), wish="moving", bank=bank)

    def opened(self, person: Person, bank: BankAccount | None = None, **said):
        """Let the person ask and the first officer open it."""
        asked = self.ask(person, bank)
        return services.open_payout(self.town.act(self.first), payout_id=asked.id, **(SAID | said))

    def approved(self, person: Person, bank: BankAccount | None = None, **said):
        opened = self.opened(person, bank, **said)
        return services.approve_payout(self.town.act(self.second), payout_id=opened.id)
