"""Settlements as those see them who manage an organisation; officers' names and other organisations do not appear."""

from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts.selectors import workplaces_of
from kernel.clock import JST
from kernel.principal import Principal
from kernel.problems import NotFound
from kernel.spreadsheets import csv_of
from wallet.engine.settled import PayoutsNamed, SettlementOfMine
from wallet.models import PayoutAccount, SettlementShare, SettlementTransfer, Shop
from wallet.selectors.payouts import payout_views

RIGHT = "wallet.see_settlements"

_CREDITS = """
SELECT j.at, s.name, j.kind, coalesce(y.receipt_number, r.receipt_number, o.receipt_number, b.receipt_number, ''), l.amount
  FROM wallet_settlementline l JOIN wallet_journal j ON j.id = l.journal_id
  JOIN wallet_settlementshare h ON h.account_id = l.account_id AND h.transfer_id = %s
  JOIN wallet_shop s ON s.account_id = l.account_id
  LEFT JOIN wallet_payment y ON y.journal_id = l.journal_id LEFT JOIN wallet_refund r ON r.journal_id = l.journal_id
  LEFT JOIN wallet_orderpayment p ON p.journal_id = l.journal_id LEFT JOIN wallet_order o ON o.id = p.order_id
  LEFT JOIN wallet_orderrefund b ON l.journal_id IN (b.journal_id, b.restored_journal_id)
  WHERE l.batch_id = %s ORDER BY j.at, l.journal_id, l.line
"""


def my_transfers(principal: Principal) -> QuerySet[SettlementTransfer]:
    """Return the transfers of the organisations that this person manages; ``created_at`` is when the batch was drawn up."""
    mine = [each for each in workplaces_of(principal) if principal.may(RIGHT, within=each)]
    rows = SettlementTransfer.objects.filter(organisation_id__in=mine).select_related("batch")
    return rows.annotate(created_at=F("batch__drawn_at"))


def access_transfer_for(principal: Principal, transfer_id: UUID) -> SettlementTransfer:
    """Return one of them; :raises NotFound: for another's."""
    row = my_transfers(principal).filter(pk=transfer_id).first()
    if row is None:
        raise NotFound
    return row


def transfer_with_shares(transfer_id: UUID) -> tuple[SettlementTransfer, list[tuple[Shop, SettlementShare]]]:
    """Return a transfer that a paper was promised for, and each shop's part of it, by the shops' names."""
    transfer = SettlementTransfer.objects.select_related("batch", "payout").get(pk=transfer_id)
    shares = SettlementShare.objects.filter(transfer=transfer).select_related("account__shop")
    return transfer, [(each.account.shop, each) for each in shares.order_by("account__shop__name", "account_id")]


def of_mine(row: SettlementTransfer) -> SettlementOfMine:
    """Return one period as its shop's manager sees it; before approval a transfer is planned, after the bank's word it is paid."""
    batch = row.batch
    state = "paid" if row.state == "booked" and batch.state == "paid" else row.state
    return SettlementOfMine(
        id=row.pk, cut_off_on=batch.cut_off_on, since=batch.since, until=batch.until, pay_on=batch.pay_on,
        gross=row.gross, refunds=row.refunds, carried_in=row.carried_in, returned_in=row.returned_in, fee=row.fee,
        cash=row.cash, net=row.net, carried_out=row.carried_out, state=state, reason=row.reason,
        organisation_id=row.organisation_id,
    )  # fmt: skip


def my_payouts(principal: Principal) -> PayoutsNamed:
    """Return the accounts of the organisations that this person manages, newest first."""
    mine = [each for each in workplaces_of(principal) if principal.may(RIGHT, within=each)]
    rows = PayoutAccount.objects.filter(organisation_id__in=mine).order_by("-registered_at", "-id")
    return PayoutsNamed(payout_views(rows[:200]))


def csv_of_transfer(row: SettlementTransfer) -> bytes:
    """Return the credits of one transfer, and its sums below them, for a spreadsheet."""
    with connection.cursor() as cursor:
        cursor.execute(_CREDITS, [row.pk, row.batch_id])
        lines = [
            (f"{at.astimezone(JST):%Y-%m-%d %H:%M:%S}", name, kind, number, amount)
            for at, name, kind, number, amount in cursor.fetchall()
        ]
    sums = [
        (_("前回からの繰越"), row.carried_in), (_("組戻し分"), row.returned_in), (_("手数料"), -row.fee),
        (_("預かった現金"), -row.cash),
        (_("次回への繰越"), -row.carried_out), (_("振込額"), row.net),
    ]  # fmt: skip
    header = (_("日時"), _("店名"), _("種別"), _("レシート番号"), _("金額"))
    return csv_of(header, [*lines, *(("", "", name, "", amount) for name, amount in sums)])
