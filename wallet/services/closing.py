"""Closing a resident's account: what is left goes back to the city, and nothing says any more whose it was."""

from uuid import UUID

from django.db import connection

from kernel.problems import NotAllowed
from kernel.use_case import Act, use_case
from wallet.engine.lots import Move
from wallet.engine.results import Expired
from wallet.errors import AccountFrozen, NoWallet, PayoutUnderWay, StillHeld
from wallet.events import AccountClosed
from wallet.models import CURRENCY, Balance, Frozen
from wallet.selectors.accounts import account_held_by
from wallet.selectors.coin_payouts import has_payout_under_way
from wallet.selectors.lots import lots_of
from wallet.services import balances
from wallet.services.expiring import take_out
from wallet.services.sending import forget_words_of


@use_case("wallet.close_account")
def close_account(act: Act, *, resident_id: UUID) -> Expired:
    """Give up what a resident's account holds, close it and cut the link to its holder; the books stay whole. Locks: the balance.

    :raises NotAllowed: for people: an account closes with its holder's own, and by the city's machinery;
    :raises NoWallet: where there is none, or none any more; :raises StillHeld: while something is set aside for a shop;
    :raises AccountFrozen: while a freeze is open; :raises PayoutUnderWay: while coins of it are being paid out.
    """
    if act.principal.subject is not None or not act.principal.may("wallet.close_account"):
        raise NotAllowed
    account_id = account_held_by(resident_id)
    if account_id is None:
        raise NoWallet
    balance: Balance = balances.lock(account_id)[account_id]
    if balance.held:
        raise StillHeld
    if balance.frozen != Frozen.NO:
        raise AccountFrozen
    if has_payout_under_way(account_id):
        raise PayoutUnderWay
    amount = take_out(act, balance, [Move(lot.id, -lot.remaining) for lot in lots_of(account_id) if lot.remaining])
    forget_words_of(account_id, at=act.at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT wallet_close_account(%s, %s, %s)", [resident_id, CURRENCY, act.at])
    act.emit(AccountClosed(account_id=account_id, given_up=amount, currency=CURRENCY))
    act.audit(what={"account_id": str(account_id), "given_up": amount})
    return Expired(account_id=account_id, amount=amount)
