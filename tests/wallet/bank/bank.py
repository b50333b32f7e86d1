"""A made-up bank for the tests: it writes what came in as a fixed-width file or as a table, and officers take it in."""

from datetime import date

from django.db.models import F, QuerySet

from tests.wallet.city_office import ACCOUNT, CityOffice
from tests.wallet.town import Person
from wallet import services
from wallet.engine.zengin_statement import day_written, write_statement
from wallet.models import BankLine

TRANSFERS = {
    "account": ACCOUNT, "holder": "ﾐﾎﾝｼ ｺｲﾝｶｲｹｲ", "years": "japanese", "columns": "{}", "two_above": 30_000,
}  # fmt: skip
DAY = date(2026, 11, 2)
HEAD = {
    "made_on": "081103", "since": "081101", "until": "081130", "bank_code": "9901", "bank_name": "ﾐﾎﾝ",
    "branch_code": "001", "branch_name": "ﾎﾝﾃﾝ", "account_type": "1", "account_number": "0000000001",
    "holder": "ﾐﾎﾝｼ ｺｲﾝｶｲｹｲ", "opening": 1_000_000,
}  # fmt: skip


def came(amount: int, name: str, *, serial: str = "", day: date = DAY, **more: str | int) -> dict[str, str | int]:
    """Write one movement that came in; ``way="2"`` for one that went out."""
    return {
        "serial": serial or 0, "booked_on": day_written(day), "value_on": day_written(day), "way": "1", "deal": "11",
        "amount": amount, "name": name, **more,
    }  # fmt: skip


def zengin(*movements: dict[str, str | int], **head: str | int) -> bytes:
    """Write a statement of fixed width."""
    return write_statement(HEAD | head, movements)


def table(*movements: dict[str, str | int]) -> bytes:
    """Write the same as the table that the bank offers, in Shift_JIS."""
    rows, balance = ["日付,出金金額,入金金額,残高,摘要"], 1_000_000
    for row in movements:
        amount, is_in = int(row["amount"]), row["way"] == "1"
        balance += amount if is_in else -amount
        written = str(row["booked_on"])
        day = f"{int(written[:2]) + 2018}/{written[2:4]}/{written[4:]}"
        rows.append(f'{day},{"" if is_in else amount},{amount if is_in else ""},"{balance:,}",{row["name"]}')
    return "\r\n".join(rows).encode("cp932")


class Office(CityOffice):
    """The city's office with a bank account, one call a fact."""

    RIGHTS = frozenset({"wallet.handle_bank"})

    def resident(self, yen: int = 0) -> tuple[Person, str]:
        """Let somebody have an account and ask for their transfer code."""
        person = self.town.resident(yen=yen)
        code = services.give_transfer_code(self.town.act(person)).code
        assert code is not None
        return person, code

    def read(self, content: bytes):
        return services.read_bank_statement(self.town.act(self.first), content=content)

    def take(self, content: bytes):
        """Read a file, take it, and book what came in."""
        seen = self.read(content)
        assert seen.troubles == []
        taken = services.import_bank_statement(self.town.act(self.first), statement_id=seen.id)
        services.book_bank_lines(at=self.town.at)
        return taken


def states() -> list[tuple[int, str, str]]:
    """Return each movement's amount, state and reason, in the order of the files."""
    return list(movements().values_list("amount", "state", "reason"))


def movements() -> QuerySet[BankLine]:
    """Return each movement in the order of the files."""
    rows = BankLine.objects.filter(entries__statement=F("statement"))
    return rows.order_by("statement__read_at", "statement", "entries__number")
