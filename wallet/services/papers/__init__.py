"""Statements, closings and sticker sheets as PDF: whoever may have a paper gets an address, good once, and fetches it there."""

from wallet.services.papers.addresses import (
    READ_STATEMENTS,
    PaperAddress,
    PrintedPaper,
    print_paper,
    redeem_paper,
    sign_settlement_notice,
    sign_shop_day,
    sign_shop_statement,
    sign_statement,
    sign_stickers,
)

__all__ = [
    "READ_STATEMENTS",
    "PaperAddress",
    "PrintedPaper",
    "print_paper",
    "redeem_paper",
    "sign_settlement_notice",
    "sign_shop_day",
    "sign_shop_statement",
    "sign_statement",
    "sign_stickers",
]
