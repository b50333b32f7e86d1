"""Expiry: what is left in lots after their last day goes back to the city."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act, use_case
from wallet.engine.lots import Move
from wallet.engine.results import Expired
from wallet.events import LotsExpired
from wallet.models import CURRENCY, SOURCES, AccountKind, Balance, Expiry, JournalKind, Lot
from wallet.selectors.lots import lots_of
from wallet.services import announce, balances, lots
from wallet.services.books import open_journal, post


def expire_lots(*, at: datetime, progress: Callable[[int, int], None] | None = None) -> int:
    """Sweep every account in which something has passed its last day, each in a transaction of its own; return how many yen
    expired.

    Late or twice does no harm: a lot cannot be spent from JST midnight after its last day, swept or not. Killed in the middle, the
    next run takes up what is left. ``progress`` hears after each account how many are done, and of how many.
    """
    over = Lot.objects.filter(open=True, expires_on__lt=jst_date(at)).order_by("account_id")
    accounts = list(over.values_list("account_id", flat=True).distinct())
    amount = 0
    for done, account_id in enumerate(accounts, start=1):
        amount += expire_account(Act(SYSTEM, at=at), account_id=account_id).amount
        if progress is not None:
            progress(done, len(accounts))
    return amount


@use_case("wallet.expire_account")
def expire_account(act: Act, *, account_id: UUID) -> Expired:
    """Take out of one account what has passed its last day. Locks: the balance."""
    balance: Balance = balances.lock(account_id)[account_id]
    day = jst_date(act.at)
    moves = [Move(lot.id, -lot.remaining) for lot in lots_of(account_id) if lot.expires_on < day]
    amount = take_out(act, balance, moves)
    if amount:
        act.emit(LotsExpired(account_id=account_id, amount=amount, currency=CURRENCY))
        act.after_commit(lambda: announce.balance_changed(account_id=account_id))
    act.audit(what={"account_id": str(account_id), "amount": amount})
    return Expired(account_id=account_id, amount=amount)


def take_out(act: Act, balance: Balance, moves: Sequence[Move]) -> int:
    """Give what these moves take out of the lots of a locked balance back to the city; return how much it is."""
    amount = -sum(each.delta for each in moves)
    if amount:
        balances.give(balance, -amount)
        journal = open_journal(act, JournalKind.EXPIRY)
        post(journal, debit=balance.account_id, credit=SOURCES[AccountKind.EXPIRED], amount=amount)
        lots.move(journal, moves)
        Expiry.objects.create(
            id=new_id(act.at), journal=journal, account_id=balance.account_id, amount=amount, at=act.at
        )
    return amount
