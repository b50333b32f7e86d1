"""What the accounts floor lets go of when a person goes: ways in, permissions, everything personal. A step of use cases."""

from uuid import UUID

from accounts.models import (
    Card,
    Contact,
    CounterCode,
    Delivery,
    Dispatch,
    FamilyName,
    HomeChoices,
    Identity,
    InboxMessage,
    Membership,
    MessageSettings,
    Profile,
    PushSubscription,
    Resident,
    User,
)
from accounts.services.consents import withdraw_everything
from accounts.services.endings import end_sign_ins
from accounts.services.mandates import end_mandates_of
from accounts.services.partners.connecting import end_partner_tokens
from kernel.access import access
from kernel.use_case import Act

CLASSES = ["contacts", "family", "home", "identity", "messages", "profile"]


def erase(act: Act, resident_id: UUID, *, purpose: str, reason: str = "") -> None:
    """Leave of somebody a closed key and what may not be changed. Whoever holds the key's backup can read nothing with it.

    ``purpose`` allows the acting one the six classes and destroys keys. Locks: the sign-in, then the resident.
    """
    _end_permissions(act, resident_id)
    Card.objects.filter(pk=resident_id).delete()
    CounterCode.objects.filter(pk=resident_id).delete()
    Delivery.objects.filter(resident_id=resident_id).delete()
    Dispatch.objects.filter(resident_id=resident_id).delete()
    with access(
        purpose=purpose, actor=act.principal.actor, subject=resident_id, classes=CLASSES, reason=reason
    ) as gone:
        for model in (Contact, HomeChoices, Identity, InboxMessage, MessageSettings, Profile, PushSubscription):
            model.objects.filter(resident_id=resident_id).delete()
        FamilyName.objects.filter(subject_id=resident_id).delete()
        gone.destroy_key()
    Resident.objects.filter(pk=resident_id).update(closed_at=act.at)


def _end_permissions(act: Act, resident_id: UUID) -> None:
    """End what the person may do, and what others may in their name or with their data."""
    user = User.objects.select_for_update().filter(resident_id=resident_id).first()
    if user is not None:
        end_partner_tokens(act, user_id=user.pk)
        end_sign_ins(act, user)
        user.delete()
    Membership.objects.filter(resident_id=resident_id, ended_at=None).update(ended_at=act.at, called=b"")
    end_mandates_of(act, resident_id)
    withdraw_everything(act, subject=resident_id)
