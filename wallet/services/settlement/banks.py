"""Taking over the register of banks and branches whole."""

from collections.abc import Iterator, Sequence
from itertools import islice

from kernel.problems import NotAllowed
from kernel.use_case import Act, use_case
from wallet.engine.settled import BankEntry, BanksImported
from wallet.models import Bank, BankBranch
from wallet.selectors.banks import counts

AT_ONCE = 2000


@use_case("wallet.import_banks")
def import_banks(act: Act, *, banks: list[BankEntry], branches: list[BankEntry]) -> BanksImported:
    """Replace the register by what is given, in one transaction: new codes come, names change, and a code that is no longer among
    them, merged or given up, ends but stays, so that what was paid to it can be read. One that comes back lives again.

    :raises NotAllowed: without the right ``wallet.import_banks``.
    """
    if not act.principal.may("wallet.import_banks"):
        raise NotAllowed
    for some in _pieces(banks):
        rows = [Bank(code=each.code, name=each.name, kana=each.kana, ended_at=None) for each in some]
        Bank.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"], update_fields=["name", "kana", "ended_at"]
        )
    for some in _pieces(branches):
        entries = [
            BankBranch(bank_id=each.bank, code=each.code, name=each.name, kana=each.kana, ended_at=None)
            for each in some
        ]
        BankBranch.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["bank", "code"], update_fields=["name", "kana", "ended_at"]
        )
    ended = _end_the_others(act, banks, branches)
    found = BanksImported(*counts(), *ended)
    act.audit(what={"banks": found.banks, "branches": found.branches, "ended": sum(ended)})
    return found


def _end_the_others(act: Act, banks: list[BankEntry], branches: list[BankEntry]) -> tuple[int, int]:
    codes = {each.code for each in banks}
    pairs = {(each.bank, each.code) for each in branches}
    gone = [code for code in Bank.objects.filter(ended_at=None).values_list("code", flat=True) if code not in codes]
    ended_banks = Bank.objects.filter(code__in=gone).update(ended_at=act.at)
    here = BankBranch.objects.filter(ended_at=None).values_list("bank_id", "code").iterator()
    lost: dict[str, list[str]] = {}
    for bank, code in here:
        if (bank, code) not in pairs:
            lost.setdefault(bank, []).append(code)
    ended = sum(
        BankBranch.objects.filter(bank_id=bank, code__in=some).update(ended_at=act.at) for bank, some in lost.items()
    )
    return ended_banks, ended


def _pieces(entries: Sequence[BankEntry]) -> Iterator[list[BankEntry]]:
    rest = iter(entries)
    while some := list(islice(rest, AT_ONCE)):
        yield some
