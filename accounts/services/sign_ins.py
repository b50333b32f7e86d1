"""What happens to a sign-in after it exists: numbers claimed and confirmed, sign-ins recorded, abandoned sign-ups removed."""

from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import IntegrityError
from django.db.models import Exists, OuterRef

from accounts.errors import AddressTaken
from accounts.models import PhoneNumber, Profile, Resident, User
from kernel.access import access
from kernel.principal import SYSTEM_ACTOR
from kernel.use_case import Act, use_case

ABANDONED_AFTER = timedelta(days=1)
PIECE = 500


@use_case("accounts.claim_phone")
def claim_phone(act: Act, *, user_id: UUID, number: str) -> None:
    """Write down the number a person says is theirs. This function will take away what was confirmed before."""
    _write_number(PhoneNumber(user_id=user_id, number=number, is_verified=False))
    act.audit(what={"user": str(user_id)})


@use_case("accounts.confirm_phone")
def confirm_phone(act: Act, *, user_id: UUID, number: str) -> None:
    """Make the number the person's; the database lets one person confirm it.

    :raises AddressTaken: where somebody else was first.
    """
    try:
        _write_number(PhoneNumber(user_id=user_id, number=number, is_verified=True))
    except IntegrityError:
        raise AddressTaken from None
    act.audit(what={"user": str(user_id)})


@use_case("accounts.confirm_email")
def confirm_email(act: Act, *, user_id: UUID, email: str) -> None:
    """Make an address the person's, and their primary one where they have none; the database lets one person confirm it.

    :raises AddressTaken: where somebody else was first.
    """
    own = EmailAddress.objects.filter(user_id=user_id)
    is_primary = not own.filter(primary=True).exclude(email=email).exists()
    row = EmailAddress(user_id=user_id, email=email, verified=True, primary=is_primary)
    try:
        EmailAddress.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["user", "email"], update_fields=["verified", "primary"]
        )
    except IntegrityError:
        raise AddressTaken from None
    act.audit(what={"user": str(user_id)})


@use_case("accounts.sign_in")
def record_sign_in(act: Act, *, method: str) -> None:
    """Note in the audit log that the person signed in, and by what."""
    act.audit(what={"method": method})


@use_case("accounts.remove_abandoned_sign_ups")
def remove_abandoned_sign_ups(act: Act) -> None:
    """Remove who signed up a day ago, confirmed nothing and never came in, with all they typed.

    This function will take 500 at a time, and leave the bare keys behind, closed.
    """
    confirmed_mail = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    confirmed_phone = PhoneNumber.objects.filter(user=OuterRef("pk"), is_verified=True)
    abandoned = User.objects.filter(
        ~Exists(confirmed_mail), ~Exists(confirmed_phone),
        last_login=None, resident__created_at__lt=act.at - ABANDONED_AFTER,
    )  # fmt: skip
    rows = list(abandoned.order_by("id").values_list("id", "resident_id")[:PIECE])
    User.objects.filter(pk__in=[user_id for user_id, _resident_id in rows]).delete()
    for _user_id, resident_id in rows:
        with access(
            purpose="accounts.clear_away", actor=SYSTEM_ACTOR, subject=resident_id, classes=["profile"]
        ) as gone:
            Profile.objects.filter(pk=resident_id).delete()
            gone.destroy_key()
    Resident.objects.filter(pk__in=[resident_id for _user_id, resident_id in rows]).update(closed_at=act.at)
    act.audit(what={"removed": len(rows)})


@use_case("accounts.remove_ended_sessions")
def remove_ended_sessions(act: Act) -> None:
    """Remove sessions that have run out and the devices they belonged to."""
    Session.objects.filter(expire_date__lt=act.at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def _write_number(row: PhoneNumber) -> None:
    PhoneNumber.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["user"], update_fields=["number", "is_verified"]
    )
