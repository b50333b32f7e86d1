"""The end of the coin: made public with the time that the law gives its holders; two officers."""

from datetime import date
from uuid import UUID

from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.payout_results import CoinEndNow
from wallet.engine.payouts import is_long_enough
from wallet.errors import NoticeTooShort, PayoutDecided, PayoutIncomplete, SecondPersonNeeded
from wallet.models import CoinEnd
from wallet.selectors.coin_payouts import RIGHT


@use_case("wallet.announce_end", key=Key.REQUIRED, status=201)
def announce_end(act: Act, *, announced_on: date, claims_until: date, reason: str) -> CoinEndNow:
    """Register when the end of the coin is made public and until when holders may claim; it holds once another officer approves.

    :raises NotAllowed: :raises PayoutIncomplete: without a reason; :raises NoticeTooShort: for less than sixty days, or a past day;
    :raises PayoutDecided: where an end is in force.
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    if not reason.strip():
        raise PayoutIncomplete
    if announced_on < jst_date(act.at) or not is_long_enough(announced_on, claims_until):
        raise NoticeTooShort
    if CoinEnd.objects.filter(approved_at__isnull=False).exists():
        raise PayoutDecided
    row = CoinEnd.objects.create(
        id=new_id(act.at), announced_on=announced_on, claims_until=claims_until, reason=reason.strip(),
        opened_by=act.principal.actor, opened_at=act.at,
    )  # fmt: skip
    act.audit(what={"end_id": str(row.pk), "claims_until": str(claims_until)}, why=row.reason)
    return _now(row)


@use_case("wallet.approve_end", key=Key.REQUIRED)
def approve_end(act: Act, *, end_id: UUID) -> CoinEndNow:
    """Approve it as the second of two; :raises NotAllowed: :raises NotFound: :raises SecondPersonNeeded: :raises PayoutDecided:"""
    if not act.principal.may(RIGHT):
        raise NotAllowed
    rows = {row.pk: row for row in CoinEnd.objects.select_for_update().order_by("id")}
    row = rows.get(end_id)
    if row is None:
        raise NotFound
    if any(each.approved_at is not None for each in rows.values()):
        raise PayoutDecided
    if row.opened_by == act.principal.actor:
        raise SecondPersonNeeded
    row.approved_by, row.approved_at = act.principal.actor, act.at
    row.save(update_fields=["approved_by", "approved_at"])
    act.audit(what={"end_id": str(row.pk)}, why=row.reason)
    return _now(row)


def _now(row: CoinEnd) -> CoinEndNow:
    return CoinEndNow(row.pk, row.announced_on, row.claims_until, row.approved_at is not None)
