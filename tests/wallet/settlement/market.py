"""A small market for settlement's tests: shops with verified accounts at a made-up bank, customers who pay, two officers."""

from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from accounts.models import Resident
from kernel.ids import new_id
from kernel.principal import SYSTEM
from tests.wallet.city_office import ACCOUNT, CityOffice
from tests.wallet.town import TILL, Person, Till
from wallet import services

CUT_OFF = date(2026, 11, 15)
AFTER = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)  # nine in the morning, the day after
PAYER = ACCOUNT | {"client_code": "0000000001", "client_name": "ミホンシ コインカイケイ"}
TERMS = {
    "fee_basis_points": 100, "fee_fixed": 0, "fee_least": 0, "rounding": "down", "least_transfer": 1000, "pay_after": 5,
    "roll": "next",
}  # fmt: skip
SETTLEMENT = {"payer": PAYER, "terms": TERMS}


class Market(CityOffice):
    """What a story of settlement needs, one call a fact."""

    RIGHTS = frozenset({"wallet.settle", "wallet.verify_payouts"})

    @cached_property
    def customer(self) -> Person:
        return self.town.resident(yen=300_000)

    def shop(self, organisation_id: UUID | None = None, *, account: str = "1234567", paid: bool = True) -> Till:
        """Open a shop whose organisation is paid to a verified account, unless ``paid`` says that none was named."""
        organisation_id = organisation_id or new_id(self.town.at)
        shop = services.open_shop(
            self.town.act(SYSTEM), organisation_id=organisation_id, name="見本商店", name_en="Mihon", trade="5411"
        )
        code = services.issue_shop_code(self.town.act(SYSTEM), shop_id=shop.id).code
        if paid:
            self.account(organisation_id, account)
        person = Resident.objects.create(id=new_id(self.town.at), created_at=self.town.at)
        return Till(shop.id, shop.account_id, code, Person(person.pk, TILL | {"wallet.see_settlements"}))

    def account(self, organisation_id: UUID, number: str = "1234567") -> UUID:
        """Name and verify an account."""
        named = services.register_payout_account(
            self.town.act(SYSTEM), organisation_id=organisation_id, bank_code="9902", branch_code="001",
            account_type="1", number=number, holder="ミホンショウテン（カ",
        )  # fmt: skip
        return services.verify_payout_account(self.town.act(self.first), payout_id=named.id, why="通帳の写し").id

    def pay(self, shop: Till, amount: int, *, after: timedelta = timedelta()) -> UUID:
        return services.pay_at_once(self.town.act(self.customer, after=after), code=shop.code, amount=amount).id

    def refund(self, shop: Till, payment_id: UUID, amount: int, *, after: timedelta = timedelta()) -> None:
        services.refund_payment(self.town.act(shop.cashier, after=after), payment_id=payment_id, amount=amount)

    def draw(self, cut_off_on: date = CUT_OFF):
        """Draw up a period, as the first officer, and let the clock stand the morning after it."""
        self.town.at = max(self.town.at, datetime.combine(cut_off_on + timedelta(days=1), AFTER.timetz()))
        return services.draw_up_settlement(self.town.act(self.first), cut_off_on=cut_off_on)

    def approve(self, batch_id: UUID):
        """Check as the first officer, approve as the second."""
        services.check_settlement(self.town.act(self.first), batch_id=batch_id)
        return services.approve_settlement(self.town.act(self.second), batch_id=batch_id)

    def settle(self, cut_off_on: date = CUT_OFF):
        """Draw up, approve, and write the file."""
        batch = self.draw(cut_off_on)
        self.approve(batch.id)
        return services.write_settlement_file(self.town.act(self.second), batch_id=batch.id)
