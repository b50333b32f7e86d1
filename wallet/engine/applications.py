"""What a business says when it asks to take the coin, and what is still missing."""

import re
import unicodedata
from typing import Annotated, Literal, get_args

import msgspec

from wallet.engine.shops import Line, ShopDetails

TERMS = "2026-12"
"""The version of the terms that an applicant agrees to; the phone shows them."""

Name = Annotated[str, msgspec.Meta(max_length=60)]
KANA = re.compile(r"[ァ-ヶー・ 　0-9０-９A-Za-zＡ-Ｚａ-ｚ]+")
LATIN = re.compile(r"[\x20-\x7eÀ-ɏ]+")


Attached = Literal["licence", "business", "passbook", "other"]
"""What is attached as a photo or scan: the licence or notification for the trade, proof of the business, the passbook, more."""

ATTACHED: tuple[Attached, ...] = get_args(Attached)
MOST_OF_KIND = 3
LICENSED = frozenset({"4121", "5411", "5462", "5499", "5541", "5812", "5813", "5912", "5921", "7011", "7230", "7298"})
"""Trades (MCC) that nobody may carry on without a licence or a notification: taxis (道路運送法), food (食品衛生法 articles 55
and 57), fuel (消防法), medicines (薬機法), alcohol (酒税法), lodging (旅館業法), barbers and beauty (理容師法, 美容師法),
baths (公衆浴場法)."""


class PayoutWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the takings shall be transferred to, as it was typed."""

    bank_code: Annotated[str, msgspec.Meta(pattern=r"\A([0-9]{4})?\Z")] = ""
    branch_code: Annotated[str, msgspec.Meta(pattern=r"\A([0-9]{3})?\Z")] = ""
    account_type: Annotated[str, msgspec.Meta(pattern=r"\A[1249]?\Z")] = "1"
    number: Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{0,7}\Z")] = ""
    holder: Name = ""


class Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that is asked; what is not answered yet is empty."""

    shop_name: Name = ""
    shop_name_en: Name = ""
    shop_name_kana: Name = ""
    trade: Annotated[str, msgspec.Meta(pattern=r"\A([0-9]{4})?\Z")] = ""
    district: Name = ""
    details: ShopDetails = ShopDetails()
    legal_name: Line = ""
    representative: Name = ""
    representative_kana: Name = ""
    payout: PayoutWish = PayoutWish()


def attachments_needed(trade: str, *, is_branch: bool) -> tuple[Attached, ...]:
    """Return what must be attached: a licence where the trade needs one; a new merchant also who it is, and its account."""
    of_trade: tuple[Attached, ...] = ("licence",) if trade in LICENSED else ()
    return of_trade if is_branch else (*of_trade, "business", "passbook")


def missing(
    answers: Answers, *, is_branch: bool, trades: frozenset[str], attached: frozenset[str]
) -> list[tuple[str, str]]:
    """Return the fields that cannot be sent so, each with ``required`` or ``invalid``, in the order in which they are asked.

    A further shop of a merchant says nothing of the merchant and its account, which the city knows. ``attached``: the kinds of
    which there is a photo or scan; those that lack one stand last, as ``attachments.<kind>``.
    """
    details, payout = answers.details, answers.payout
    asked = {
        "shop_name": answers.shop_name, "shop_name_kana": answers.shop_name_kana, "shop_name_en": answers.shop_name_en,
        "trade": answers.trade, "details.address": details.address, "details.telephone": details.telephone,
    }  # fmt: skip
    if not is_branch:
        asked |= {
            "legal_name": answers.legal_name, "representative": answers.representative,
            "representative_kana": answers.representative_kana, "payout.bank_code": payout.bank_code,
            "payout.branch_code": payout.branch_code, "payout.number": payout.number, "payout.holder": payout.holder,
        }  # fmt: skip
    faults = [(field, "required") for field, value in asked.items() if not value.strip()]
    faults += [("details.point", "required")] if details.point is None else []
    faults += [("details.hours", "required")] if details.hours is None or not details.hours.spans else []
    shapes = (("shop_name_kana", KANA), ("shop_name_en", LATIN), ("representative_kana", KANA))
    faults += [
        (field, "invalid")
        for field, shape in shapes
        if asked.get(field, "").strip() and not shape.fullmatch(asked[field])
    ]
    faults += [("trade", "invalid")] if answers.trade and answers.trade not in trades else []
    needed = attachments_needed(answers.trade, is_branch=is_branch)
    return faults + [(f"attachments.{kind}", "required") for kind in needed if kind not in attached]


def same_name(name: str) -> str:
    """Return a shop's name without what two writings of it differ in: width, case, spaces and dots."""
    return re.sub(r"[\s・.．]+", "", unicodedata.normalize("NFKC", name).casefold())


def same_telephone(telephone: str) -> str:
    """Return a number's digits, Japan's country code as the zero that stands for it at home."""
    digits = re.sub(r"\D", "", telephone)
    return f"0{digits[2:]}" if telephone.startswith("+81") else digits


def same_account(payout: PayoutWish) -> str:
    """Return what makes two accounts one."""
    return f"{payout.bank_code}/{payout.branch_code}/{payout.account_type}/{payout.number.zfill(7)}"
