"""A person's own view of themself."""

from uuid import UUID

import msgspec

from accounts.models import NAME_PLACE, Profile, User
from accounts.selectors.contacts import confirmed_phone, contacts_in, primary_email
from accounts.selectors.organisations import Belonging, organisations_of
from accounts.selectors.principals import ResidentPrincipal
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
    """Return a person's own profile, or that of whom they act for. This function will leave a row in the access log.

    A delegate sees name and level; how the person signs in and where they work is theirs alone.
    """
    if principal.scopes is not None:
        return _me_for_delegate(principal)
    me = principal.actor
    with access(purpose="accounts.my_profile", actor=me, subject=me, classes=["contacts", "profile"]) as opened:
        profile = Profile.objects.filter(pk=me).first()
        name = opened.unseal(bytes(profile.display_name), NAME_PLACE) if profile is not None else ""
        contacts = contacts_in(me)
    return Me(
        resident_id=me,
        display_name=name,
        language=principal.language,
        level=principal.account_level,
        roles=principal.roles,
        organisations=organisations_of(me),
        email=contacts.get(primary_email(principal.user_id) or ""),
        phone=contacts.get(confirmed_phone(principal.user_id) or ""),
    )


def _me_for_delegate(principal: ResidentPrincipal) -> Me:
    subject = User.objects.get(resident=principal.subject)
    return Me(
        resident_id=subject.resident_id,
        display_name=access_name(principal.actor, subject.resident_id),
        language=principal.language,
        level=subject.account_level,
        roles=["resident"],
        organisations=[],
        email=None,
        phone=None,
    )


def access_name(actor: UUID, resident_id: UUID) -> str:
    """Return the name a person wants to be called by, empty where they gave none."""
    with access(purpose="accounts.my_profile", actor=actor, subject=resident_id, classes=["profile"]) as opened:
        profile = Profile.objects.filter(pk=resident_id).first()
        return opened.unseal(bytes(profile.display_name), NAME_PLACE) if profile is not None else ""
