"""The names by which principal and delegate know one another: written when a mandate begins, taken away when it ends."""

from uuid import UUID

from accounts.models import FAMILY_PLACE, NAME_PLACE, FamilyName, Mandate, Profile
from kernel.access import access
from kernel.ids import new_id
from kernel.principal import SYSTEM_ACTOR

PURPOSE = "accounts.name_the_other"


def name_each_other(mandate: Mandate) -> None:
    """Let both read what the other is called. To be called inside the use case that begins the mandate."""
    pair = [mandate.principal_id, mandate.delegate_id]
    names = {each: _name_of(each) for each in pair if each is not None}
    for subject, name in zip(names, reversed(names.values()), strict=True):
        with access(purpose=PURPOSE, actor=SYSTEM_ACTOR, subject=subject, classes=["family"]) as opened:
            FamilyName.objects.create(
                id=new_id(), subject_id=subject, mandate=mandate, name=opened.seal(name, FAMILY_PLACE)
            )


def forget_each_other(mandate: Mandate) -> None:
    """Take both names away. To be called inside the use case that ends the mandate."""
    for subject in (mandate.principal_id, mandate.delegate_id):
        if subject is not None:
            with access(purpose=PURPOSE, actor=SYSTEM_ACTOR, subject=subject, classes=["family"]):
                FamilyName.objects.filter(subject_id=subject, mandate=mandate).delete()


def _name_of(resident: UUID) -> str:
    with access(purpose=PURPOSE, actor=SYSTEM_ACTOR, subject=resident, classes=["profile"]) as opened:
        profile = Profile.objects.filter(pk=resident).first()
        return opened.unseal(bytes(profile.display_name), NAME_PLACE) if profile else ""
