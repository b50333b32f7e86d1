"""Giving an account its transfer code."""

import secrets
from uuid import UUID

from kernel.use_case import Act, use_case
from wallet.engine.bank_results import BankTransferWay
from wallet.engine.transfer_codes import CODES, code_of
from wallet.models import Account, TransferCode
from wallet.selectors.bank import code_of_account, transfer_account, transfer_way
from wallet.services.opening import own_account


@use_case("wallet.give_transfer_code")
def give_transfer_code(act: Act) -> BankTransferWay:
    """Return the digits that the resident types before their name. This function will leave the code that stands as it is.

    :raises NoWallet: for who acts for nobody; :raises TransfersNotOffered: Locks: the account.
    """
    transfer_account()
    account_id = own_account(act)
    Account.objects.select_for_update(of=("self",)).get(pk=account_id)
    code = code_of_account(account_id) or _new_code(act, account_id)
    act.audit(what={"account_id": str(account_id)})
    return transfer_way(code)


def _new_code(act: Act, account_id: UUID) -> str:
    """Draw until nobody has it: random, so that no code tells of another."""
    while True:
        row = TransferCode(account_id=account_id, code=code_of(secrets.randbelow(CODES)), made_at=act.at)
        TransferCode.objects.bulk_create([row], ignore_conflicts=True)
        found = code_of_account(account_id)
        if found is not None:
            return found
