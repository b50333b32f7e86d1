"""Who can sign in by which address or number; used by the sign-in doors alone."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts.models import PhoneNumber, User, token_for
from accounts.models.third_parties import row_key


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


def with_email(user_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Return who of these has a confirmed address."""
    confirmed = EmailAddress.objects.filter(user_id__in=user_ids, verified=True)
    return frozenset(confirmed.values_list("user_id", flat=True))


def with_phone(user_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Return who of these has a confirmed number."""
    return frozenset(PhoneNumber.objects.filter(pk__in=user_ids, is_verified=True).values_list("user_id", flat=True))


def passkey_count(user_id: UUID) -> int:
    """Return how many passkeys a user has."""
    found: int = Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.WEBAUTHN).count()
    return found


def has_app(user_id: UUID) -> bool:
    """Tell whether a user has an authenticator app."""
    found: bool = Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).exists()
    return found


def devices_of(user_id: UUID) -> list[UserSession]:
    """Return where a user is signed in, newest first, in one query."""
    living = Session.objects.values("session_key")
    return list(UserSession.objects.filter(user_id=user_id, session_key__in=living).order_by("-created_at", "-id"))


def known_emails(emails: Iterable[str]) -> frozenset[str]:
    """Return which of these addresses somebody has confirmed; for seeding a demo city alone."""
    asked = {token_for(email): email for email in emails}
    rows = EmailAddress.objects.filter(email__in=list(asked), verified=True)
    return frozenset(asked[token] for token in rows.values_list("email", flat=True))


def session_named(session_key: str) -> str:
    """Return the key of a session's row, by which it may be named where its own key must not stand."""
    return str(row_key(session_key))
