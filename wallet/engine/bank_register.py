"""The register of banks and branches as zengin-code publishes it: one JSON document of ``banks`` and ``branches``, each by code."""

import re

import msgspec

from wallet.engine.settled import BankEntry
from wallet.errors import FileUnreadable


class _Entry(msgspec.Struct):
    code: str
    name: str
    kana: str


class _Register(msgspec.Struct):
    banks: dict[str, _Entry]
    branches: dict[str, dict[str, _Entry]]


def read_register(content: bytes) -> tuple[list[BankEntry], list[BankEntry]]:
    """Return banks and branches, by code; where a key and the code under it differ, the key decides.

    Branches of a bank that is not among the banks are left out: it was merged into another, and its code is none any more.

    :raises FileUnreadable: for another document, or a code that is none.
    """
    try:
        register = msgspec.json.decode(content, type=_Register)
    except msgspec.DecodeError:
        raise FileUnreadable(line=1, field="register") from None
    banks = [BankEntry(code, each.name, each.kana) for code, each in sorted(register.banks.items())]
    branches = [
        BankEntry(code, each.name, each.kana, bank)
        for bank, some in sorted(register.branches.items())
        if bank in register.banks
        for code, each in sorted(some.items())
    ]
    for size, entries in ((4, banks), (3, branches)):
        for each in entries:
            if not re.fullmatch(f"[0-9]{{{size}}}", each.code, re.ASCII):
                raise FileUnreadable(line=1, field=f"{each.bank}{each.code}")
    if not banks or not branches:
        raise FileUnreadable(line=1, field="register")
    return banks, branches
