"""Whose account is whose: asked only for the one who acts."""

from uuid import UUID

from django.db import connection

from kernel.principal import Principal
from wallet.errors import NoWallet
from wallet.models import CURRENCY


def account_of(principal: Principal) -> UUID:
    """Return the account of the resident this person acts for; :raises NoWallet: where they have none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wallet_account_of(%s, %s)", [principal.subject, CURRENCY])
        (found,) = cursor.fetchone()
    if found is None:
        raise NoWallet
    return UUID(str(found))
