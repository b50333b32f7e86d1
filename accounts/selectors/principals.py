"""Who acts: a resident under their own sign-in, with the rights of the roles they hold."""

from functools import cached_property
from uuid import UUID

from accounts.models import CITY_ROLES, ROLES_OF, Membership, User
from kernel.contributions import rights_of

CODE, PASSKEY = 1, 2


class ResidentPrincipal:
    """The kernel's principal, filled from a user row; roles are read once, when a right is first asked for.

    ``authentication_level``: 1 signed in by a code, 2 by a passkey.
    """

    def __init__(self, user: User, *, authentication_level: int = CODE) -> None:
        """Keep what the user row says; nothing is read."""
        self.user_id: UUID = user.pk
        self.actor: UUID = user.resident_id
        self.subject: UUID | None = user.resident_id
        self.account_level: int = user.account_level
        self.authentication_level = authentication_level
        self.language: str = user.language

    def may(self, right: str, within: UUID | None = None) -> bool:
        """Tell whether a role gives ``right``: the person's own or a city role anywhere, another role within its organisation."""
        if right in rights_of("resident" if self.account_level else "tourist"):
            return True
        return any(
            right in rights_of(role)
            for organisation, role in self._memberships
            if role in CITY_ROLES or (within is not None and organisation == within)
        )

    @property
    def roles(self) -> list[str]:
        """The roles by name, the person's own first."""
        own = "resident" if self.account_level else "tourist"
        return [own, *sorted({role for _organisation, role in self._memberships})]

    @cached_property
    def _memberships(self) -> tuple[tuple[UUID, str], ...]:
        open_ones = Membership.objects.filter(resident_id=self.actor, ended_at=None, organisation__closed_at=None)
        rows = open_ones.values_list("organisation_id", "role", "organisation__kind").order_by(
            "organisation_id", "role"
        )
        return tuple((organisation, role) for organisation, role, kind in rows if role in ROLES_OF[kind])


def principal_of(resident_id: UUID) -> ResidentPrincipal:
    """Return the principal of a resident who can sign in; :raises User.DoesNotExist: where the account is closed."""
    return ResidentPrincipal(User.objects.get(resident_id=resident_id))
