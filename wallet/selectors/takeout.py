"""Everything the wallet keeps about a person, as the person takes it home."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import get_language

from kernel.clock import JST
from kernel.contributions import ExportPart
from kernel.problems import _
from kernel.spreadsheets import csv_of
from wallet.engine.results import HistoryEntry
from wallet.models import Payment
from wallet.selectors.accounts import access_account_of, accounts_behind
from wallet.selectors.applications import application_facts, attachment_files
from wallet.selectors.balances import balance_of, entries_of, history_entry
from wallet.selectors.orders import orders_of
from wallet.selectors.premium import premium_facts
from wallet.selectors.receipts import receipt_of
from wallet.selectors.reward_facts import coupon_facts, referral_facts, reward_facts, stamp_facts

HEADER = (_("日時"), _("種類"), _("入出金"), _("金額（円）"), _("お店"), _("受付番号"))


def parts_about(resident_id: UUID, *, at: datetime) -> Iterator[ExportPart]:
    """Return the files, read with the person as actor; none for who has no wallet and applied for nothing."""
    if written := application_facts(resident_id):
        yield _json("wallet/merchant_applications.json", written, _("加盟店の申込み"))
    for application_id, paper in attachment_files(resident_id):
        path = f"wallet/merchant_attachments/{application_id}/{paper.name}"
        yield ExportPart(path, paper.content, _("加盟店の申込みに添えた書類"))
    account_id = access_account_of(resident_id, purpose="wallet.my_export", actor=resident_id)
    if account_id is None:
        return
    entries = [history_entry(row) for row in entries_of(account_id).order_by("at", "id")]
    payments = Payment.objects.filter(account_id__in=accounts_behind(account_id)).select_related("shop")
    yield _json("wallet/balance.json", balance_of(account_id, at=at), _("残高"))
    yield _json("wallet/history.json", entries, _("履歴"))
    yield ExportPart("wallet/history.csv", _table(entries), _("履歴（表）"))
    if wishes := premium_facts(accounts_behind(account_id)):
        yield _json("wallet/premium.json", wishes, _("プレミアム付コイン"))
    if bought := orders_of(accounts_behind(account_id)):
        yield _json("wallet/orders.json", bought, _("注文"))
    yield from _rewards(accounts_behind(account_id))
    yield _json("wallet/receipts.json", [receipt_of(payment) for payment in payments.order_by("at", "id")], _("領収"))


def _rewards(accounts: list[UUID]) -> Iterator[ExportPart]:
    """Yield the files about coupons, stamps and referrals, each where there is something to tell."""
    files = (
        ("wallet/coupons.json", coupon_facts(accounts), _("クーポン")),
        ("wallet/stamps.json", stamp_facts(accounts), _("スタンプカード")),
        ("wallet/referrals.json", referral_facts(accounts), _("紹介")),
        ("wallet/rewards.json", reward_facts(accounts), _("特典")),
    )
    for path, facts, title in files:
        if facts:
            yield _json(path, facts, title)


def _table(entries: list[HistoryEntry]) -> bytes:
    rows = (
        [
            f"{each.occurred_at.astimezone(JST):%Y-%m-%d %H:%M:%S}", each.kind, each.direction,
            each.amount if each.direction == "in" else -each.amount, _shop(each), each.receipt_number or "",
        ]
        for each in entries
    )  # fmt: skip
    return csv_of([str(name) for name in HEADER], rows)


def _shop(entry: HistoryEntry) -> str:
    reads_japanese = (get_language() or "ja").startswith("ja")
    return (entry.shop_name if reads_japanese else entry.shop_name_en) or ""


def _json(path: str, records: Any, title: Any) -> ExportPart:
    return ExportPart(path, msgspec.json.format(msgspec.json.encode(records), indent=2), title)
