"""A guest of the town becomes one of its residents, under the same key, with everything they bought."""

from uuid import UUID

from allauth.account.models import EmailAddress

from accounts.errors import NoAddress, ResidentAlready
from accounts.models import NAME_PLACE, PhoneNumber, Profile, Verification
from accounts.selectors.identities import MY_IDENTITY
from accounts.selectors.principals import ResidentPrincipal
from accounts.selectors.profiles import Me, access_me_for
from accounts.services.levels import lock_user, note_level
from kernel.access import access
from kernel.assurance import AccountLevel
from kernel.use_case import Act, use_case


@use_case("accounts.upgrade")
def upgrade(act: Act, *, display_name: str) -> Me:
    """Make a guest a self-asserted resident (level 0 to 1): they have confirmed an address, and say what they are called.

    The key stays the same, so that coins, passes and codes do. Locks: the user.

    :raises ResidentAlready: for who is one; :raises NoAddress: where no address or number is confirmed.
    """
    resident_id = act.principal.actor
    user = lock_user(resident_id)
    if user.account_level > AccountLevel.GUEST:
        raise ResidentAlready
    if not _is_reached(user.pk):
        raise NoAddress
    with access(purpose=MY_IDENTITY, actor=resident_id, subject=resident_id, classes=["identity", "profile"]) as own:
        Profile.objects.filter(pk=resident_id).update(display_name=own.seal(display_name.strip(), NAME_PLACE))
        note_level(act, user, AccountLevel.SELF_ASSERTED, kind=Verification.Kind.UPGRADE)
    act.audit(what={"level": user.account_level})
    return access_me_for(ResidentPrincipal(user))


def _is_reached(user_id: UUID) -> bool:
    confirmed = EmailAddress.objects.filter(user_id=user_id, verified=True).exists()
    return confirmed or PhoneNumber.objects.filter(pk=user_id, is_verified=True).exists()
