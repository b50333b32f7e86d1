"""A person's own view of themself."""

from uuid import UUID

import msgspec

from accounts.models import NAME_PLACE, Profile
from accounts.selectors.organisations import Belonging, organisations_of
from accounts.selectors.principals import ResidentPrincipal
from accounts.selectors.sign_ins import email_of, phone_of
from kernel.access import access


class Me(msgspec.Struct, frozen=True):
    """Who I am here."""

    resident_id: UUID
    display_name: str
    language: str
    level: int
    roles: list[str]
    organisations: list[Belonging]
    email: str | None
    phone: str | None


def access_me_for(principal: ResidentPrincipal) -> Me:
    """Return a person's own profile. This function will leave a row in the access log, as every reading does."""
    phone = phone_of(principal.user_id)
    return Me(
        resident_id=principal.actor,
        display_name=access_own_name(principal.actor),
        language=principal.language,
        level=principal.account_level,
        roles=principal.roles,
        organisations=organisations_of(principal.actor),
        email=email_of(principal.user_id),
        phone=phone[0] if phone is not None and phone[1] else None,
    )


def access_own_name(resident_id: UUID) -> str:
    """Return the name a person wants to be called by, empty where they gave none."""
    with access(purpose="accounts.my_profile", actor=resident_id, subject=resident_id, classes=["profile"]) as opened:
        profile = Profile.objects.filter(pk=resident_id).first()
        return opened.unseal(bytes(profile.display_name), NAME_PLACE) if profile is not None else ""
