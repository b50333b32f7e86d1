"""Banks and branches by their codes."""

import msgspec

from wallet.engine.kana import half_width
from wallet.models import Bank, BankBranch

NAME_SIGNS = 15
"""How much of a bank's or branch's name a transfer's record holds; the codes decide, the name is for the eye."""


class BranchNames(msgspec.Struct, frozen=True):
    """Bank and branch as a transfer's record names them, and as people read them."""

    bank: str
    branch: str
    bank_name: str
    branch_name: str


def branch_names(bank_code: str, branch_code: str) -> BranchNames | None:
    """Return the names of a branch that exists today; None where there is none."""
    rows = BankBranch.objects.select_related("bank").filter(ended_at=None, bank__ended_at=None)
    row = rows.filter(bank_id=bank_code, code=branch_code).first()
    if row is None:
        return None
    return BranchNames(
        bank=half_width(row.bank.kana, field="bank_name")[:NAME_SIGNS].rstrip(),
        branch=half_width(row.kana, field="branch_name")[:NAME_SIGNS].rstrip(),
        bank_name=row.bank.name,
        branch_name=row.name,
    )


def known_branches(places: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return which of these (bank, branch) exist today."""
    banks = {bank for bank, _branch in places}
    rows = BankBranch.objects.filter(bank_id__in=banks, ended_at=None, bank__ended_at=None)
    return places & set(rows.values_list("bank_id", "code"))


def counts() -> tuple[int, int]:
    """Return how many banks and branches exist today."""
    return (
        Bank.objects.filter(ended_at=None).count(),
        BankBranch.objects.filter(ended_at=None, bank__ended_at=None).count(),
    )
