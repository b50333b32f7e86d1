"""One's own code to receive by."""

from datetime import timedelta

from kernel.ids import new_id, token_hash
from kernel.keys import seal_message
from kernel.use_case import Act, use_case
from wallet.engine.sent import OwnReceiveCode
from wallet.errors import NoWallet
from wallet.models import ReceiveCode
from wallet.selectors.sending import LABEL, derived_token, own_receive_code
from wallet.services.opening import open_account
from wallet.services.sending.notes import tidy

RECEIVE_CODE_LIVES = timedelta(days=90)


@use_case("wallet.issue_receive_code", status=201)
def issue_receive_code(act: Act, *, label: str = "") -> OwnReceiveCode:
    """Make a code into which others may send for ninety days; the one before ends. ``label``: what senders read.

    The first one opens the account. :raises NoWallet: for who is nobody's resident.
    """
    if act.principal.subject is None:
        raise NoWallet
    account_id = open_account(act, resident_id=act.principal.subject).id
    ReceiveCode.objects.filter(account_id=account_id, ended_at=None).update(ended_at=act.at)
    row_id, label = new_id(act.at), tidy(label)
    row = ReceiveCode.objects.create(
        id=row_id,
        hash=token_hash(derived_token("receive", row_id)),
        account_id=account_id,
        label=seal_message(label.encode(), LABEL) if label else b"",
        created_at=act.at,
        expires_at=act.at + RECEIVE_CODE_LIVES,
    )
    act.audit(what={"account_id": str(account_id), "receive_code_id": str(row.pk)})
    return own_receive_code(row)
