"""Drawing up a settlement: every credit of the period and every late one before it, once, in one transaction.

The lines are one ``INSERT … SELECT`` of all postings of shops' accounts from before the cut-off that no line names yet. It asks
for no beginning: a credit whose act was before a cut-off and that stood in the books only after the batch was drawn up is found
by the next one. The line's key is the posting's, so that not even two runs at once could settle one twice; they wait for each
other all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed
from kernel.use_case import Act, Key, use_case
from wallet.engine.settled import BatchDrawn
from wallet.engine.settlement import Period, Position, Share, Terms, last_cut_off, pay_day, period_to, shares_of
from wallet.errors import NoCutOff, SettlementDrawn, SettlementUndecided
from wallet.models import (
    CarryReason,
    PayoutAccount,
    PayoutState,
    SettlementBatch,
    SettlementReturn,
    SettlementShare,
    SettlementState,
    SettlementTransfer,
    TransferState,
)
from wallet.selectors.banks import known_branches
from wallet.selectors.payouts import payouts_in_force
from wallet.selectors.settlement import batch_drawn, newest_batch
from wallet.selectors.settlement_terms import terms_in_force
from wallet.selectors.shop_cash import cash_owed

RIGHT = "wallet.settle"
UNDECIDED = (SettlementState.DRAWN, SettlementState.CHECKED)
SUMS = ("gross", "refunds", "carried_in", "returned_in", "fee", "cash", "net", "carried_out")

# A table of lines that was empty when the plan was made looks small for ever: a nested loop would walk through the rows that this
# very statement writes, once a posting (measured: a million did not end in twenty minutes). Hashed, each table is read once.
_HASHED = "SET LOCAL enable_nestloop = off"
_AS_BEFORE = "SET LOCAL enable_nestloop = on"
_LINES = """
INSERT INTO wallet_settlementline (journal_id, line, batch_id, account_id, amount)
SELECT p.journal_id, p.line, %(batch)s, p.account_id, p.amount FROM (
    SELECT journal_id, line, credit_id AS account_id, amount FROM wallet_posting
    UNION ALL SELECT journal_id, line, debit_id, -amount FROM wallet_posting) p
  JOIN wallet_account a ON a.id = p.account_id AND a.kind = 'merchant'
  JOIN wallet_journal j ON j.id = p.journal_id AND j.at < %(until)s AND j.kind NOT IN ('settlement', 'returned')
  WHERE NOT EXISTS (SELECT FROM wallet_settlementline l WHERE l.journal_id = p.journal_id AND l.line = p.line)
"""
_POSITIONS = """
WITH lines AS (
    SELECT account_id, coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::bigint AS gross,
      coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)::bigint AS refunds
    FROM wallet_settlementline WHERE batch_id = %(batch)s GROUP BY 1),
  carried AS (
    SELECT DISTINCT ON (s.account_id) s.account_id,
      s.carried_out + CASE t.state WHEN 'withheld' THEN s.net + s.cash + s.fee ELSE 0 END AS amount
    FROM wallet_settlementshare s JOIN wallet_settlementtransfer t ON t.id = s.transfer_id
    JOIN wallet_settlementbatch b ON b.id = t.batch_id ORDER BY s.account_id, b.cut_off_on DESC),
  returned AS (
    SELECT s.account_id, sum(s.net)::bigint AS amount FROM wallet_settlementreturn r
    JOIN wallet_settlementshare s ON s.transfer_id = r.transfer_id WHERE r.taken_up_by_id IS NULL GROUP BY 1)
SELECT shop.organisation_id, shop.account_id,
  coalesce(l.gross, 0), coalesce(l.refunds, 0), coalesce(c.amount, 0), coalesce(r.amount, 0)
  FROM wallet_shop shop
  LEFT JOIN lines l ON l.account_id = shop.account_id LEFT JOIN carried c ON c.account_id = shop.account_id
  LEFT JOIN returned r ON r.account_id = shop.account_id
  WHERE l.account_id IS NOT NULL OR coalesce(c.amount, 0) <> 0 OR r.account_id IS NOT NULL
  ORDER BY shop.organisation_id, shop.account_id
"""


@use_case("wallet.draw_up_settlement", key=Key.REQUIRED, status=201)
def draw_up_settlement(act: Act, *, cut_off_on: date) -> BatchDrawn:
    """Draw up the period that ends with ``cut_off_on``: lines, shares, transfers and sums, which never change from then on.

    Locks: settlement as a whole. No balance is touched: money moves when the batch is approved.

    :raises NotAllowed: without ``wallet.settle``; :raises NoCutOff: for no period, or one that is not over; :raises
    SettlementDrawn: for
        one that is drawn up, or lies before one that is; :raises SettlementUndecided: where the one before waits for its decision.
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    period = _period(cut_off_on, act.at)
    lock_settlement()
    earlier = newest_batch()
    if earlier is not None and earlier.cut_off_on >= cut_off_on:
        raise SettlementDrawn
    if earlier is not None and earlier.state in UNDECIDED:
        raise SettlementUndecided(cut_off_on=str(earlier.cut_off_on))
    batch = _draw(act, period)
    act.audit(what={"batch_id": str(batch.pk), "credits": batch.credits, "net": batch.net})
    return batch_drawn(batch)


def draw_up_due_settlement(*, at: datetime) -> BatchDrawn | None:
    """Draw up the newest period that is over, by the city's own machinery; nothing where it is done, or the one before is
    undecided.
    """
    cut_off_on, earlier = last_cut_off(at), newest_batch()
    if earlier is not None and (earlier.cut_off_on >= cut_off_on or earlier.state in UNDECIDED):
        return None
    return draw_up_settlement(Act(SYSTEM, at=at, key=f"settlement/{cut_off_on}"), cut_off_on=cut_off_on)


def lock_settlement() -> None:
    """Wait until nobody else draws up, decides or takes back: settlement is one thing at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('wallet.settlement'))")


def _period(cut_off_on: date, at: datetime) -> Period:
    try:
        period = period_to(cut_off_on)
    except ValueError:
        raise NoCutOff from None
    if at < period.until:
        raise NoCutOff
    return period


@dataclass(frozen=True)
class _Drawn:
    """One organisation's transfer as it was reckoned."""

    row: SettlementTransfer
    shares: list[Share]


def _draw(act: Act, period: Period) -> SettlementBatch:
    key, agreed = new_id(act.at), terms_in_force()
    with connection.cursor() as cursor:
        cursor.execute(_HASHED)
        cursor.execute(_LINES, {"batch": key, "until": period.until})
        found = cursor.rowcount
        cursor.execute(_AS_BEFORE)
        cursor.execute(_POSITIONS, {"batch": key})
        rows = cursor.fetchall()
    drawn = list(_transfers(rows, agreed, key, cash_owed(before=period.until)))
    batch = SettlementBatch.objects.create(
        id=key, cut_off_on=period.cut_off_on, since=period.since, until=period.until,
        pay_on=pay_day(period.cut_off_on, after=agreed.pay_after, roll=agreed.roll), terms=msgspec.to_builtins(agreed),
        credits=found, drawn_by=act.principal.actor, drawn_at=act.at,
        **{name: sum(getattr(each.row, name) for each in drawn) for name in SUMS},
    )  # fmt: skip
    SettlementTransfer.objects.bulk_create([each.row for each in drawn], batch_size=1000)
    SettlementShare.objects.bulk_create(
        [
            SettlementShare(transfer=each.row, account_id=share.position.account, **_sums([share]))
            for each in drawn
            for share in each.shares
        ],
        batch_size=1000,
    )
    SettlementReturn.objects.filter(taken_up_by=None).update(taken_up_by=batch)
    return batch


def _transfers(rows: list[tuple[Any, ...]], agreed: Terms, batch_id: UUID, owed: dict[UUID, int]) -> Iterator[_Drawn]:
    """Reckon each organisation's transfer, in the order of their ids."""
    positions: dict[UUID, list[Position]] = {}
    for organisation_id, account, gross, refunds, carried, returned in rows:
        position = Position(account=account, gross=gross, refunds=refunds, carried_in=carried, returned_in=returned)
        positions.setdefault(organisation_id, []).append(position)
    payouts = payouts_in_force(positions)
    known = known_branches({(each.bank_code, each.branch_code) for each in payouts.values()})
    for order, (organisation_id, some) in enumerate(sorted(positions.items()), start=1):
        payout = payouts.get(organisation_id)
        why_not = _why_not(payout, known)
        shares = shares_of(some, agreed, may_pay=not why_not, owed=owed.get(organisation_id, 0))
        sums = _sums(shares)
        pays = sums["net"] > 0
        reason = "" if pays else why_not or _why_carried(shares, agreed)
        row = SettlementTransfer(
            batch_id=batch_id, order=order, organisation_id=organisation_id, payout=payout if pays else None,
            state=TransferState.PLANNED if pays else TransferState.CARRIED, reason=reason, **sums,
        )  # fmt: skip
        yield _Drawn(row, shares)


def _why_not(payout: PayoutAccount | None, known: set[tuple[str, str]]) -> str:
    if payout is None:
        return CarryReason.NO_ACCOUNT
    if payout.state == PayoutState.RETURNED:
        return CarryReason.ACCOUNT_RETURNED
    return "" if (payout.bank_code, payout.branch_code) in known else CarryReason.BANK_ENDED


def _why_carried(shares: list[Share], agreed: Terms) -> str:
    positions = [share.position for share in shares]
    if any(share.net for share in shares_of(positions, agreed, may_pay=True)):
        return CarryReason.CASH_OWED
    return CarryReason.BELOW_LEAST if any(each.due > 0 for each in positions) else CarryReason.NOTHING


def _sums(shares: list[Share]) -> dict[str, int]:
    of_position = {
        name: sum(getattr(share.position, name) for share in shares)
        for name in ("gross", "refunds", "carried_in", "returned_in")
    }
    return of_position | {
        name: sum(getattr(share, name) for share in shares) for name in ("fee", "cash", "net", "carried_out")
    }
