"""The code that a person shows at the counter, so that an officer finds them without asking for a name."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from accounts.errors import CounterCodeUnknown
from accounts.models import CounterCode, Resident
from kernel.blind_index import blind_index
from kernel.use_case import Act, use_case

LIVES = timedelta(minutes=10)
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs, none that is mistaken for another
LENGTH = 8  # 40 bits: nobody guesses one of the few that live at a time
PLACE = "accounts.counter_code"


class CounterCodeShown(msgspec.Struct, frozen=True):
    """A fresh code, as a person shows it, until when."""

    code: str
    expires_at: datetime


@use_case("accounts.show_counter_code", status=201)
def show_counter_code(act: Act) -> CounterCodeShown:
    """Make a fresh code for the person who asks; the one before it is worth nothing any more."""
    code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    CounterCode.objects.update_or_create(
        resident_id=act.principal.actor, defaults={"digest": _digest(code), "expires_at": act.at + LIVES}
    )
    return CounterCodeShown(code=code, expires_at=act.at + LIVES)


def use_up(code: str, *, at: datetime) -> UUID:
    """Return who shows the code, and let nobody use it again; a step of a use case, undone where that is refused.

    :raises CounterCodeUnknown: for a code that is unknown, used or over, and where the person's account is closed meanwhile.
    """
    row = CounterCode.objects.select_for_update().filter(digest=_digest(code), expires_at__gt=at).first()
    if row is None or not Resident.objects.filter(pk=row.resident_id, closed_at=None).exists():
        raise CounterCodeUnknown
    CounterCode.objects.filter(pk=row.resident_id).delete()
    return row.resident_id


def same(one: str, other: str) -> bool:
    """Tell whether two codes are one, as they were typed."""
    return _bare(one) == _bare(other)


def _digest(code: str) -> str:
    return blind_index(_bare(code), PLACE)


def _bare(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())
