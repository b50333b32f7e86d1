"""What a person changes of themself."""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from django.conf import settings

from accounts.errors import LanguageUnknown, NotForDelegates
from accounts.models import NAME_PLACE, Profile, User
from accounts.selectors.principals import ResidentPrincipal
from accounts.selectors.profiles import Me, access_me_for
from accounts.services.contacts import keep_contact
from kernel.access import access
from kernel.principal import SYSTEM_ACTOR
from kernel.use_case import Act, use_case


@use_case("accounts.change_me")
def change_me(act: Act, *, user_id: UUID, display_name: str | None = None, language: str | None = None) -> Me:
    """Change one's name or language; None leaves what was. A delegate changes the name of whom they act for.

    :raises LanguageUnknown: for one the city does not speak; :raises NotForDelegates: for another's language.
    """
    actor, subject = act.principal.actor, act.principal.subject or act.principal.actor
    if language is not None:
        if subject != actor:
            raise NotForDelegates
        if language not in dict(settings.LANGUAGES):
            raise LanguageUnknown
        User.objects.filter(pk=user_id, resident_id=actor).update(language=language)
    if display_name is not None:
        with access(purpose="accounts.my_profile", actor=actor, subject=subject, classes=["profile"]) as opened:
            Profile.objects.filter(pk=subject).update(display_name=opened.seal(display_name, NAME_PLACE))
    changed = [name for name, value in (("display_name", display_name), ("language", language)) if value is not None]
    act.audit(what={"changed": changed})
    if subject != actor:
        return access_me_for(cast("ResidentPrincipal", act.principal))
    return access_me_for(ResidentPrincipal(User.objects.get(pk=user_id, resident_id=actor)))


def write_first_profile(resident_id: UUID, display_name: str, contacts: Iterable[str]) -> None:
    """Seal a newcomer's name, and how they are reached; their key is made now. To be called inside sign-up."""
    classes = ["contacts", "profile"]
    with access(purpose="accounts.sign_up", actor=SYSTEM_ACTOR, subject=resident_id, classes=classes) as opened:
        Profile.objects.create(resident_id=resident_id, display_name=opened.seal(display_name, NAME_PLACE))
        for contact in contacts:
            keep_contact(opened, contact)
