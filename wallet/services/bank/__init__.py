"""Bank transfers become coins: a code before the sender's name, the bank's statements, and officers for what does not fit."""

from wallet.services.bank.booking import book_bank_line, book_bank_lines
from wallet.services.bank.codes import give_transfer_code
from wallet.services.bank.deciding import decide_bank_proposal, look_at_bank_line, propose_for_bank_line
from wallet.services.bank.importing import import_bank_statement, read_bank_statement

__all__ = [
    "book_bank_line",
    "book_bank_lines",
    "decide_bank_proposal",
    "give_transfer_code",
    "import_bank_statement",
    "look_at_bank_line",
    "propose_for_bank_line",
    "read_bank_statement",
]
