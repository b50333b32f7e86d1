"""A person arrives: key, sign-in, profile and address come into being together, or not at all."""

from uuid import UUID

import msgspec
from allauth.account.models import EmailAddress

from accounts.models import PhoneNumber, Resident, User
from accounts.services.profiles import write_first_profile
from kernel.ids import new_id
from kernel.use_case import Act, use_case


class Newcomer(msgspec.Struct, frozen=True):
    """Who arrived: the bare key, and the sign-in that belongs to it."""

    resident_id: UUID
    user_id: UUID


@use_case("accounts.sign_up", status=201)
def sign_up(
    act: Act,
    *,
    language: str,
    display_name: str = "",
    email: str | None = None,
    phone: str | None = None,
    is_guest: bool = False,
    is_verified: bool = False,
) -> Newcomer:
    """Create a person who signs in by ``email`` or ``phone`` (E.164). This function will leave the address to be confirmed.

    Others may have typed the same address before; who confirms it first has it. A guest starts at account level 0, a resident at 1.
    ``is_verified`` is for an address that has been checked already.
    """
    resident = Resident.objects.create(id=new_id(act.at), created_at=act.at)
    user = User.objects.create(
        id=new_id(act.at),
        resident=resident,
        account_level=0 if is_guest else 1,
        account_level_since=act.at,
        language=language,
    )
    write_first_profile(resident.id, display_name, [contact for contact in (email, phone) if contact])
    if email:
        EmailAddress.objects.create(user=user, email=email.lower(), primary=True, verified=is_verified)
    if phone:
        PhoneNumber.objects.create(user=user, number=phone, is_verified=is_verified)
    act.audit(subject=resident.id, what={"by": "email" if email else "phone", "is_guest": is_guest})
    return Newcomer(resident_id=resident.id, user_id=user.id)
