"""What a partner reads of a person: asked of the access boundary class by class, at the moment of reading."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec

from accounts.engine.scopes import CLASS_OF, classes_of
from accounts.models import IDENTITY_PLACE, NAME_PLACE, Identity, Profile
from accounts.selectors.contacts import confirmed_phone, contacts_in, primary_email
from accounts.selectors.partners import PURPOSE, TokenPerson
from kernel.access import Access, AccessRefused, access

Reader = Callable[[Access, UUID], dict[str, Any]]


def access_claims_for(*, recipient: UUID, person: TokenPerson, scopes: list[str]) -> dict[str, Any]:
    """Return the claims of these scopes that the person's live grants to the recipient allow, and no other.

    Each class is an access of its own: it stands in the person's log, or it is refused and its claims are left out.
    """
    claims: dict[str, Any] = {}
    for data_class in classes_of(scopes):
        readers = [READERS[scope] for scope in scopes if CLASS_OF.get(scope) == data_class and scope in READERS]
        claims |= _read(recipient, person, data_class, readers)
    return claims


def _read(recipient: UUID, person: TokenPerson, data_class: str, readers: list[Reader]) -> dict[str, Any]:
    if not readers:
        return {}
    try:
        with access(purpose=PURPOSE, actor=recipient, subject=person.resident_id, classes=[data_class]) as opened:
            found = [read(opened, person.user_id) for read in readers]
    except AccessRefused:
        return {}
    return {name: value for claims in found for name, value in claims.items()}


def _profile(opened: Access, user_id: UUID) -> dict[str, Any]:
    row = Profile.objects.filter(pk=opened.subject).first()
    name = opened.unseal(bytes(row.display_name), NAME_PLACE) if row is not None else ""
    return {"name": name} if name else {}


def _email(opened: Access, user_id: UUID) -> dict[str, Any]:
    address = contacts_in(opened.subject).get(primary_email(user_id) or "")
    return {"email": address, "email_verified": True} if address else {}


def _phone(opened: Access, user_id: UUID) -> dict[str, Any]:
    number = contacts_in(opened.subject).get(confirmed_phone(user_id) or "")
    return {"phone_number": number, "phone_number_verified": True} if number else {}


def _birthdate(opened: Access, user_id: UUID) -> dict[str, Any]:
    return _papers(opened, "birthdate")


def _gender(opened: Access, user_id: UUID) -> dict[str, Any]:
    return _papers(opened, "gender")


def _address(opened: Access, user_id: UUID) -> dict[str, Any]:
    written = _papers(opened, "address")
    return {"address": {"formatted": written["address"]}} if written else {}


def _papers(opened: Access, item: str) -> dict[str, Any]:
    """Return one of the four basic items; nothing of who has shown no papers, for nobody vouches for it."""
    row = Identity.objects.filter(pk=opened.subject).first()
    values = msgspec.json.decode(opened.unseal(bytes(row.values), IDENTITY_PLACE)) if row is not None else {}
    return {item: values[item]} if values.get(item) else {}


READERS: dict[str, Reader] = {
    "profile": _profile,
    "email": _email,
    "phone": _phone,
    "birthdate": _birthdate,
    "address": _address,
    "gender": _gender,
}
"""Scope → what is read, in the claims of OpenID Connect Core 1.0, 5.1: ``birthdate`` as YYYY-MM-DD, ``address`` with ``formatted``,
``gender`` ``female`` or ``male``. Discovery lists these scopes and no other."""
CLAIMS = ("name", "email", "email_verified", "phone_number", "phone_number_verified", "birthdate", "address", "gender")
"""All that they hand over."""
