"""The demo city's bank: a neighbour's transfer has arrived, another has no code and waits, and somebody asks for a payout."""

from datetime import date, datetime, timedelta

from accounts.selectors import principal_of, seeded_personas, seeded_residents
from kernel import clock
from kernel.clock import jst_date
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet.demo import anchor_of
from wallet.engine.bank_results import TransferAccount
from wallet.engine.zengin_statement import day_written, write_statement
from wallet.selectors.bank import offers_transfers, transfer_account
from wallet.selectors.bank_desk import bank_statements
from wallet.services import (
    ask_payout,
    book_bank_lines,
    give_transfer_code,
    import_bank_statement,
    read_bank_statement,
)

HEROINE = "hanako@machi.example"
NEIGHBOURS = 40


def seed_bank() -> None:
    """Give the heroine her code, let a few transfers of others come in, and take their statement, once."""
    anchor = anchor_of(clock.now())
    heroine = next((each.resident_id for each in seeded_personas() if each.persona.email == HEROINE), None)
    if heroine is None or not offers_transfers() or bank_statements().exists():
        return
    give_transfer_code(Act(principal_of(heroine), at=anchor))
    neighbour = next(user.resident_id for user in seeded_residents(NEIGHBOURS) if user.resident_id != heroine)
    moving = Act(principal_of(neighbour), at=anchor, key="demo-payout-asked")
    code = give_transfer_code(Act(principal_of(neighbour), at=anchor)).code
    _take(_statement(jst_date(anchor - timedelta(days=1)), f"{code} ﾐﾎﾝ ｼﾞﾛｳ"), anchor)
    ask_payout(moving, wish="moving")


def _take(content: bytes, at: datetime) -> None:
    seen = read_bank_statement(Act(SYSTEM, at=at, key="demo-bank-read"), content=content)
    if seen.id is not None:
        import_bank_statement(Act(SYSTEM, at=at, key="demo-bank-import"), statement_id=seen.id)
        book_bank_lines(at=at)


def _statement(day: date, sender: str) -> bytes:
    account, written = transfer_account(), day_written(day)
    return write_statement(
        _head(account, written),
        [
            _movement(written, 1, 3_000, sender),
            _movement(written, 2, 5_000, "ｶｸｳ ｼﾞﾛｳ"),
            _movement(written, 3, 440, "ﾌﾘｺﾐﾃｽｳﾘﾖｳ", way="2"),
        ],
    )  # fmt: skip


def _head(account: TransferAccount, day: str) -> dict[str, str | int]:
    return {
        "made_on": day, "since": day, "until": day, "bank_code": account.bank_code, "branch_code": account.branch_code,
        "account_type": account.account_type, "account_number": account.number, "holder": account.holder,
        "opening": 1_200_000,
    }  # fmt: skip


def _movement(day: str, serial: int, amount: int, name: str, way: str = "1") -> dict[str, str | int]:
    return {
        "serial": serial, "booked_on": day, "value_on": day, "way": way, "deal": "11", "amount": amount, "name": name,
    }  # fmt: skip
