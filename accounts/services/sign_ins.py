"""What happens to a sign-in after it exists: it is recorded, and abandoned sign-ups are removed."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from accounts.models import NightCredential, PhoneNumber, User
from accounts.services.erasing import erase
from kernel.use_case import Act, use_case

ABANDONED_AFTER = timedelta(days=1)
PIECE = 500


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
    residents = list(abandoned.order_by("id").values_list("resident_id", flat=True)[:PIECE])
    for resident_id in residents:
        erase(act, resident_id, purpose="accounts.clear_away")
    act.audit(what={"removed": len(residents)})


@use_case("accounts.remove_ended_sessions")
def remove_ended_sessions(act: Act) -> None:
    """Remove sessions that have run out, the devices they belonged to, and phones' credentials that have."""
    Session.objects.filter(expire_date__lt=act.at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    NightCredential.objects.filter(expires_at__lt=act.at).delete()
