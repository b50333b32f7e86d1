"""Whose account is whose: asked only for the one who acts."""

from uuid import UUID

from django.db import connection

from kernel.access import access
from kernel.principal import Principal
from wallet.errors import NoWallet
from wallet.models import CURRENCY, Holder, Succession


def account_of(principal: Principal) -> UUID:
    """Return the account of the resident this person acts for; :raises NoWallet: where they have none."""
    found = account_held_by(principal.subject) if principal.subject is not None else None
    if found is None:
        raise NoWallet
    return found


def account_held_by(resident_id: UUID) -> UUID | None:
    """Return a resident's account, None where they have none; for the one who acts, and for the city's machinery."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wallet_account_of(%s, %s)", [resident_id, CURRENCY])
        (found,) = cursor.fetchone()
    return UUID(str(found)) if found is not None else None


def accounts_behind(account_id: UUID) -> list[UUID]:
    """Return the account and those for which it stands since their IDs were merged into its holder's."""
    return [account_id, *Succession.objects.filter(target_id=account_id).values_list("source_id", flat=True)]


def standing_for(account_id: UUID) -> UUID:
    """Return the account that stands for this one now: another where its ID was merged, else itself."""
    return Succession.objects.filter(pk=account_id).values_list("target_id", flat=True).first() or account_id


def holder_of(account_id: UUID) -> UUID | None:
    """Return whose account it is now, to tell them and for nothing else; None for a shop's, and where the link is cut."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wallet_holder_of(%s)", [account_id])
        (found,) = cursor.fetchone()
    return UUID(str(found)) if found is not None else None


def access_account_of(resident_id: UUID, *, purpose: str, actor: UUID, reason: str = "") -> UUID | None:
    """Return a resident's account to who may read it for this purpose; the person sees in the access log that it was read."""
    with access(purpose=purpose, actor=actor, subject=resident_id, classes=["wallet"], reason=reason):
        return Holder.objects.filter(resident_id=resident_id, currency=CURRENCY).values_list("pk", flat=True).first()
