"""Keeping how a person is reached: sealed with their key, forgotten as soon as nothing stands on it."""

from contextlib import AbstractContextManager
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError

from accounts.errors import AddressTaken
from accounts.models import CONTACT_PLACE, Contact, PhoneNumber, is_token, token_for
from kernel.access import Access, access
from kernel.use_case import Act, use_case


@use_case("accounts.claim_phone")
def claim_phone(act: Act, *, user_id: UUID, number: str) -> None:
    """Write down the number a person says is theirs. This function will take away what was confirmed before."""
    _write_number(act, PhoneNumber(user_id=user_id, number=number, is_verified=False))
    act.audit(what={"user": str(user_id)})


@use_case("accounts.confirm_phone")
def confirm_phone(act: Act, *, user_id: UUID, number: str) -> None:
    """Make the number the person's; the database lets one person confirm it.

    :raises AddressTaken: where somebody else was first.
    """
    try:
        _write_number(act, PhoneNumber(user_id=user_id, number=number, is_verified=True))
    except IntegrityError:
        raise AddressTaken from None
    act.audit(what={"user": str(user_id)})


@use_case("accounts.confirm_email")
def confirm_email(act: Act, *, user_id: UUID, email: str) -> None:
    """Make an address the person's, and their primary one where they have none; the database lets one person confirm it.

    ``email`` may be the token of one that they typed at sign-up. :raises AddressTaken: where somebody else was first.
    """
    own = EmailAddress.objects.filter(user_id=user_id)
    is_primary = not own.filter(primary=True).exclude(email=email).exists()
    row = EmailAddress(user_id=user_id, email=email, verified=True, primary=is_primary)
    _write(act, email)
    try:
        EmailAddress.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["user", "email"], update_fields=["verified", "primary"]
        )
    except IntegrityError:
        raise AddressTaken from None
    act.audit(what={"user": str(user_id)})


@use_case("accounts.forget_contacts")
def forget_unused_contacts(act: Act, *, user_id: UUID) -> None:
    """Forget what the person no longer signs in by."""
    _forget_unused(act, user_id)
    act.audit(what={"user": str(user_id)})


def keep_contact(opened: Access, contact: str) -> None:
    """Keep an address or a number of the access's subject; a token says nothing new. To be called inside the access."""
    if is_token(contact):
        return
    row = Contact(
        resident_id=opened.subject, token=token_for(contact), sealed=opened.seal(contact.lower(), CONTACT_PLACE)
    )
    Contact.objects.bulk_create([row], ignore_conflicts=True)


def _write_number(act: Act, row: PhoneNumber) -> None:
    _write(act, row.number)
    PhoneNumber.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["user"], update_fields=["number", "is_verified"]
    )
    _forget_unused(act, row.user_id)


def _write(act: Act, contact: str) -> None:
    with _own(act) as opened:
        keep_contact(opened, contact)


def _forget_unused(act: Act, user_id: UUID) -> None:
    used = EmailAddress.objects.filter(user_id=user_id).values("email")
    number = PhoneNumber.objects.filter(pk=user_id).values("number")
    with _own(act):
        mine = Contact.objects.filter(resident_id=act.principal.actor)
        mine.exclude(token__in=used).exclude(token__in=number).delete()


def _own(act: Act) -> AbstractContextManager[Access]:
    """Open one's own contacts to write them."""
    me = act.principal.actor
    return access(purpose="accounts.my_contacts", actor=me, subject=me, classes=["contacts"])
