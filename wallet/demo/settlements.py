"""The demo city's settlements: three banks that nobody has, each shop's account, and the last periods paid; the newest waits."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.selectors import people_of, principal_of, seeded_personas
from kernel import clock
from kernel.clock import jst_date
from kernel.principal import SYSTEM, Principal
from kernel.use_case import Act
from wallet.demo import WEEKS, anchor_of
from wallet.engine.settled import BankEntry
from wallet.engine.settlement import last_cut_off, next_cut_offs
from wallet.selectors.payouts import payouts_in_force
from wallet.selectors.settlement import newest_batch
from wallet.selectors.shops import every_organisation
from wallet.services import (
    approve_settlement,
    check_settlement,
    confirm_settlement,
    draw_up_settlement,
    import_banks,
    register_payout_account,
    verify_payout_account,
    write_settlement_file,
)

BANKS = [
    BankEntry("9901", "見本", "ミホン"),
    BankEntry("9902", "例の信用金庫", "レイノシンキン"),
    BankEntry("9903", "架空農協", "カクウノウキヨウ"),
]
BRANCHES = [
    BankEntry(code, name, kana, bank.code)
    for bank in BANKS
    for code, name, kana in (
        ("001", "本店", "ホンテン"),
        ("002", "九日町", "ココノカマチ"),
        ("003", "温泉町", "オンセンマチ"),
    )
]


def seed_settlements() -> None:
    """Give each shop an account and settle what is over, but the newest period; a city that has batches is left as it is."""
    anchor = anchor_of(clock.now())
    if newest_batch() is not None:
        return
    import_banks(Act(SYSTEM, at=anchor), banks=BANKS, branches=BRANCHES)
    officer, administrator = _persona("city.officer"), _persona("city.administrator")
    organisations = every_organisation()
    missing = sorted(set(organisations) - set(payouts_in_force(organisations)))
    for number, organisation_id in enumerate(missing):
        _account(organisation_id, number, officer, at=anchor - timedelta(weeks=WEEKS + 1))
    _settle_all_but_the_newest(anchor, officer, administrator)


def _persona(role: str) -> Principal:
    return principal_of(next(each.resident_id for each in seeded_personas() if each.persona.role == role))


def _account(organisation_id: UUID, number: int, officer: Principal, *, at: datetime) -> None:
    managers = people_of(organisation_id, "merchant.manager")
    manager = principal_of(managers[0]) if managers else SYSTEM
    key = f"demo-payout-{organisation_id}"
    named = register_payout_account(
        Act(manager, at=at, key=key), organisation_id=organisation_id, bank_code=BANKS[number % 3].code,
        branch_code=f"{number % 3 + 1:03}", account_type="1", number=f"{1_000_000 + 7 * number}",
        holder=f"ミホンカメイテン {number + 1}",
    )  # fmt: skip
    verify_payout_account(Act(officer, at=at, key=f"{key}-verified"), payout_id=named.id, why="見本の通帳で確認")


def _settle_all_but_the_newest(anchor: datetime, officer: Principal, administrator: Principal) -> None:
    """Let the periods be drawn up and two people decide; the newest is left to the visitor."""
    newest, first = last_cut_off(anchor), jst_date(anchor - timedelta(weeks=WEEKS + 1))
    for day in next_cut_offs(first, 4):
        if day > newest:
            return
        key = f"demo-settlement-{day}"
        batch = draw_up_settlement(Act(SYSTEM, at=anchor, key=key), cut_off_on=day)
        if day == newest:
            return
        check_settlement(Act(officer, at=anchor, key=f"{key}-checked"), batch_id=batch.id)
        approve_settlement(Act(administrator, at=anchor, key=f"{key}-approved"), batch_id=batch.id)
        if batch.transfers:
            write_settlement_file(Act(officer, at=anchor, key=f"{key}-file"), batch_id=batch.id)
        if batch.pay_on <= jst_date(anchor):
            confirm_settlement(Act(officer, at=anchor, key=f"{key}-paid"), batch_id=batch.id)
