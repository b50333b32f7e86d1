"""Lots as the engine reckons with them."""

from collections.abc import Iterable
from uuid import UUID

from wallet.engine.lots import LotState
from wallet.models import Lot, LotMove


def lots_of(account_id: UUID) -> list[LotState]:
    """Return the account's lots in which something remains, in the order of spending."""
    rows = Lot.objects.filter(account_id=account_id, open=True).order_by("expires_on", "kind", "id")
    return [_state(row) for row in rows]


def outstanding_of(journal_ids: Iterable[int]) -> list[tuple[LotState, int]]:
    """Return the lots that these journals together took from, each with what is still taken."""
    taken: dict[LotState, int] = {}
    for move in (
        LotMove.objects.filter(journal_id__in=list(journal_ids)).select_related("lot").order_by("journal_id", "lot_id")
    ):
        state = _state(move.lot)
        taken[state] = taken.get(state, 0) - move.delta
    return [(state, amount) for state, amount in taken.items() if amount]


def _state(row: Lot) -> LotState:
    return LotState(row.pk, row.kind, row.expires_on, row.remaining)
