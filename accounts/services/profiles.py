"""What a person changes of themself."""

from uuid import UUID

from django.conf import settings

from accounts.errors import LanguageUnknown
from accounts.models import NAME_PLACE, Profile, User
from accounts.selectors.principals import ResidentPrincipal
from accounts.selectors.profiles import Me, access_me_for
from kernel.access import access
from kernel.principal import SYSTEM_ACTOR
from kernel.use_case import Act, use_case


@use_case("accounts.change_me")
def change_me(act: Act, *, user_id: UUID, display_name: str | None = None, language: str | None = None) -> Me:
    """Change one's name or language; None leaves what was. :raises LanguageUnknown: for one the city does not speak."""
    resident_id = act.principal.actor
    if language is not None:
        if language not in dict(settings.LANGUAGES):
            raise LanguageUnknown
        User.objects.filter(pk=user_id, resident_id=resident_id).update(language=language)
    if display_name is not None:
        with access(purpose="accounts.my_profile", actor=resident_id, subject=resident_id, classes=["profile"]) as own:
            Profile.objects.filter(pk=resident_id).update(display_name=own.seal(display_name, NAME_PLACE))
    changed = [name for name, value in (("display_name", display_name), ("language", language)) if value is not None]
    act.audit(what={"changed": changed})
    return access_me_for(ResidentPrincipal(User.objects.get(pk=user_id, resident_id=resident_id)))


def write_first_profile(resident_id: UUID, display_name: str) -> None:
    """Seal a newcomer's name; their key is made now. To be called inside sign-up."""
    with access(purpose="accounts.sign_up", actor=SYSTEM_ACTOR, subject=resident_id, classes=["profile"]) as opened:
        Profile.objects.create(resident_id=resident_id, display_name=opened.seal(display_name, NAME_PLACE))
