"""Cash that goes into the officer's till, and out of it again."""

from kernel.clock import jst_date
from kernel.use_case import Act
from wallet.errors import TillNotOpen, TillOfAnotherDay
from wallet.models import CashCounter, CashTill, CashTillEntry


def lock_own_till(act: Act) -> CashTill | None:
    """Lock the open till of who acts; None while the city has no counter, so that a city may do without tills.

    :raises TillNotOpen: where there are counters and this officer has opened none; :raises TillOfAnotherDay: where it was left
    open over
        midnight: that day is counted first.
    """
    till = CashTill.objects.select_for_update().filter(opened_by=act.principal.actor, closed_at=None).first()
    if till is None:
        if CashCounter.objects.filter(closed_at=None).exists():
            raise TillNotOpen
        return None
    if till.day != jst_date(act.at):
        raise TillOfAnotherDay(day=str(till.day))
    return till


def enter_in_till(till: CashTill | None, journal_id: int, amount: int) -> None:
    """Write down that the cash of a journal lies in a till, or, below zero, was taken out of it."""
    if till is not None:
        CashTillEntry.objects.create(journal_id=journal_id, till=till, amount=amount)
