"""Who can sign in by which address or number; used by the sign-in doors alone."""

from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts.models import PhoneNumber, User


def user_of(user_id: UUID) -> User:
    """Return a user; :raises User.DoesNotExist: where there is none."""
    return User.objects.get(pk=user_id)


def user_by_email(email: str) -> User | None:
    """Return who confirmed the address and may sign in. What somebody else merely typed at sign-up counts for nothing."""
    addresses = EmailAddress.objects.filter(email=email.lower(), verified=True, user__is_active=True)
    found: EmailAddress | None = addresses.select_related("user").order_by("id").first()
    return found.user if found else None


def user_by_phone(number: str) -> User | None:
    """Return who confirmed the number (E.164) and may sign in."""
    found = PhoneNumber.objects.filter(number=number, is_verified=True, user__is_active=True)
    return User.objects.filter(pk__in=found.values("user_id")).order_by("id").first()


def phone_of(user_id: UUID) -> tuple[str, bool] | None:
    """Return a user's number and whether it is confirmed."""
    return PhoneNumber.objects.filter(pk=user_id).values_list("number", "is_verified").first()


def email_of(user_id: UUID) -> str | None:
    """Return a user's confirmed address, the primary one first."""
    confirmed = EmailAddress.objects.filter(user_id=user_id, verified=True).order_by("-primary", "id")
    found: str | None = confirmed.values_list("email", flat=True).first()
    return found


def passkey_count(user_id: UUID) -> int:
    """Return how many passkeys a user has."""
    found: int = Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.WEBAUTHN).count()
    return found


def devices_of(user_id: UUID) -> list[UserSession]:
    """Return where a user is signed in, newest first, in one query."""
    living = Session.objects.values("session_key")
    return list(UserSession.objects.filter(user_id=user_id, session_key__in=living).order_by("-created_at", "-id"))


def confirmed_emails() -> frozenset[str]:
    """Return every confirmed address; for seeding a demo city alone."""
    return frozenset(EmailAddress.objects.filter(verified=True).values_list("email", flat=True))
