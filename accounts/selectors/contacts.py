"""What tokens stand for: read inside an access, so that the person sees who looked."""

from uuid import UUID

from allauth.account.models import EmailAddress

from accounts.models import CONTACT_PLACE, Contact, PhoneNumber, User, is_token
from kernel.access import access, opened
from kernel.principal import SYSTEM_ACTOR

REACH = "accounts.reach"


def email_of(user_id: UUID) -> str | None:
    """Return a user's confirmed address, the primary one first, so that the city can write to them."""
    token = primary_email(user_id)
    return _reach(user_id, token) if token else None


def phone_of(user_id: UUID) -> tuple[str, bool] | None:
    """Return a user's number, so that the city can text them, and whether it is confirmed."""
    kept = PhoneNumber.objects.filter(pk=user_id).values_list("number", "is_verified").first()
    return (_reach(user_id, kept[0]), kept[1]) if kept else None


def has_confirmed_phone(user_id: UUID) -> bool:
    """Tell whether a user has confirmed a number."""
    return PhoneNumber.objects.filter(pk=user_id, is_verified=True).exists()


def reachable(contact: str) -> str:
    """Return what a letter is addressed to: an address as it is, a token opened for its user."""
    if not is_token(contact):
        return contact
    return _reach(EmailAddress.objects.filter(email=contact).order_by("-verified", "id")[0].user_id, contact)


def primary_email(user_id: UUID) -> str | None:
    """Return the token of a user's confirmed address, the primary one first."""
    confirmed = EmailAddress.objects.filter(user_id=user_id, verified=True).order_by("-primary", "id")
    found: str | None = confirmed.values_list("email", flat=True).first()
    return found


def confirmed_phone(user_id: UUID) -> str | None:
    """Return the token of a user's confirmed number."""
    return PhoneNumber.objects.filter(pk=user_id, is_verified=True).values_list("number", flat=True).first()


def contacts_in(resident_id: UUID) -> dict[str, str]:
    """Return what each token of a resident stands for; to be called inside an access to their contacts."""
    opener = opened(resident_id)
    rows = Contact.objects.filter(resident_id=resident_id).order_by("id")
    return {row.token: opener.unseal(bytes(row.sealed), CONTACT_PLACE) for row in rows}


def own_contacts(resident_id: UUID) -> dict[str, str]:
    """Return what a person's own tokens stand for, to themself."""
    with access(purpose="accounts.my_contacts", actor=resident_id, subject=resident_id, classes=["contacts"]):
        return contacts_in(resident_id)


def _reach(user_id: UUID, token: str) -> str:
    resident_id = User.objects.values_list("resident_id", flat=True).get(pk=user_id)
    with access(purpose=REACH, actor=SYSTEM_ACTOR, subject=resident_id, classes=["contacts"]):
        return contacts_in(resident_id)[token]
