"""Raising how surely a person is known, and keeping what vouches for it. Steps of use cases, called inside them."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from accounts.engine.my_number import carries_my_number
from accounts.errors import MyNumberNotKept
from accounts.models import IDENTITY_PLACE, Identity, User, Verification
from kernel.access import Access
from kernel.ids import new_id
from kernel.problems import NotFound
from kernel.use_case import Act


class IdentityValues(msgspec.Struct, frozen=True):
    """The four basic items, as they are sealed."""

    name: str
    address: str
    birthdate: str
    gender: str

    def __repr__(self) -> str:
        """Show nothing."""
        return "IdentityValues(…)"


def lock_user(resident_id: UUID) -> User:
    """Return the sign-in of a resident, locked; :raises NotFound: where the account is closed."""
    user = User.objects.select_for_update().filter(resident_id=resident_id, is_active=True).first()
    if user is None:
        raise NotFound
    return user


def keep_identity(act: Act, opened: Access, values: IdentityValues, *, source: str) -> None:
    """Seal who the person is. :raises MyNumberNotKept: where a 12-digit number stands in it (番号法 article 20)."""
    if any(carries_my_number(value) for value in msgspec.structs.astuple(values)):
        raise MyNumberNotKept
    sealed = opened.seal(msgspec.json.encode(values).decode(), IDENTITY_PLACE)
    Identity.objects.update_or_create(
        resident_id=opened.subject, defaults={"source": source, "checked_at": act.at, "values": sealed}
    )


def note_level(
    act: Act, user: User, level: int, *, kind: str, officer: UUID | None = None, documents: Sequence[str] = ()
) -> int:
    """Raise a locked user's level to ``level``, never lower it, and write down how; return the level they have now.

    The age of a level begins anew whenever it is shown again.
    """
    before = user.account_level
    if level >= before:
        user.account_level, user.account_level_since = level, act.at
        user.save(update_fields=["account_level", "account_level_since"])
    Verification.objects.create(
        id=new_id(act.at),
        resident_id=user.resident_id,
        kind=kind,
        level_before=before,
        level_after=user.account_level,
        officer=officer,
        documents=list(documents),
        created_at=act.at,
    )
    return user.account_level
