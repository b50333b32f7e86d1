"""Giving addresses of papers, and giving the papers at them."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import msgspec
from django.utils.translation import get_language, override

from kernel import files
from kernel.files import DownloadSpent
from kernel.problems import NotFound
from kernel.use_case import Act, use_case
from wallet.engine import papers
from wallet.engine.months import Month
from wallet.engine.papers import Kind, Paper
from wallet.models import TransferState
from wallet.selectors.accounts import account_of
from wallet.selectors.my_settlements import access_transfer_for
from wallet.selectors.shop_closings import CLOSE_DAY, check_day
from wallet.selectors.shops import access_shop_for
from wallet.services.codes import issue_shop_code
from wallet.services.papers.settlement_notice import settlement_notice
from wallet.services.papers.shop_day import shop_day
from wallet.services.papers.shop_statement import shop_statement
from wallet.services.papers.statement import statement
from wallet.services.papers.stickers import stickers

READ_STATEMENTS = "wallet.read_statements"
PRINTED: dict[Kind, Callable[[Paper], bytes]] = {
    "statement": statement,
    "shop_statement": shop_statement,
    "stickers": stickers,
    "shop_day": shop_day,
    "settlement_notice": settlement_notice,
}


class PaperAddress(msgspec.Struct, frozen=True):
    """Where the paper is fetched: once, within two minutes, by the same person."""

    address: str


class PrintedPaper(msgspec.Struct, frozen=True):
    """A paper and what to call its file."""

    name: str
    content: bytes


@use_case("wallet.sign_statement")
def sign_statement(act: Act, *, month: str) -> PaperAddress:
    """Give the address of one's own statement. :raises NoWallet: for who has none; :raises NotFound: for no month that was."""
    return _signed(act, "statement", account_of(act.principal), _past(act, month))


@use_case("wallet.sign_shop_statement")
def sign_shop_statement(act: Act, *, shop_id: UUID, month: str) -> PaperAddress:
    """Give the address of a shop's statement.

    :raises NotFound: for a shop where one does not work, and for no month that was; :raises NotAllowed: for a cashier.
    """
    shop = access_shop_for(act.principal, shop_id, READ_STATEMENTS)
    return _signed(act, "shop_statement", shop.pk, _past(act, month))


@use_case("wallet.sign_shop_day")
def sign_shop_day(act: Act, *, shop_id: UUID, day: date) -> PaperAddress:
    """Give the address of a shop's day.

    :raises NotFound: for a shop where one does not work, and a day that was none of its days; :raises NotAllowed: for a till.
    """
    shop = access_shop_for(act.principal, shop_id, CLOSE_DAY)
    check_day(shop, day, at=act.at)
    return _signed(act, "shop_day", shop.pk, day.isoformat())


@use_case("wallet.sign_settlement_notice")
def sign_settlement_notice(act: Act, *, transfer_id: UUID) -> PaperAddress:
    """Give the address of the notice of one transfer. :raises NotFound: for another's, and one that was not decided yet."""
    transfer = access_transfer_for(act.principal, transfer_id)
    if transfer.state == TransferState.PLANNED:
        raise NotFound
    return _signed(act, "settlement_notice", transfer.pk, transfer.batch.cut_off_on.isoformat())


@use_case("wallet.sign_stickers")
def sign_stickers(act: Act, *, shop_id: UUID) -> PaperAddress:
    """Give the address of a shop's sheet of stickers; the first time, its code is made.

    :raises NotFound: for a shop where this person neither works nor keeps the register.
    """
    issue_shop_code(act, shop_id=shop_id)
    return _signed(act, "stickers", shop_id, "")


@use_case("wallet.fetch_paper")
def redeem_paper(act: Act, *, token: str) -> Paper:
    """Return which paper an address was promised for. This function will make the address worthless.

    :raises DownloadSpent: for an address that was used, is too old or another person's.
    """
    paper = papers.read(files.redeem(token, act.principal.actor, at=act.at))
    if paper is None:
        raise DownloadSpent
    act.audit(what={"kind": paper.kind, "about": str(paper.about), "when": paper.when})
    return paper


def print_paper(paper: Paper) -> PrintedPaper:
    """Set a paper that was redeemed. This function will run outside any transaction, for it takes some tenths of a second.

    :raises DocumentsAway: where none can be set; :raises DocumentTooLarge: for tens of thousands of lines.
    """
    with override(paper.language):
        content = PRINTED[paper.kind](paper)
    name = "-".join(["machi", paper.kind.replace("_", "-"), *([paper.when] if paper.when else [])])
    return PrintedPaper(name=f"{name}.pdf", content=content)


def _signed(act: Act, kind: Kind, about: UUID, when: str) -> PaperAddress:
    act.audit(what={"kind": kind, "about": str(about), "when": when})
    subject = papers.write(Paper(kind, about, when, get_language() or "ja"))
    return PaperAddress(address=f"/api/v1/wallet/papers/{files.sign(subject, act.principal.actor, at=act.at)}")


def _past(act: Act, month: str) -> str:
    read = Month.read(month)
    if read is None or read > Month.of(act.at):
        raise NotFound
    return str(read)
