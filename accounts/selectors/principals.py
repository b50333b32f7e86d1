"""Who acts: a resident with the rights of their roles, a device with those of its kind, a partner's client with none."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from uuid import UUID

from accounts.engine.authentications import CODE
from accounts.models import CITY_ROLES, ROLES_OF, Device, Membership, User
from accounts.selectors.mandates import Mandated
from kernel.contributions import rights_of

NOTHING_SHOWN: Mapping[int, datetime] = MappingProxyType({})


class ResidentPrincipal:
    """The kernel's principal, filled from a user row; roles are read once, when a right is first asked for.

    ``shown``: which authentication level the sign-in has shown (1 a code, 2 a passkey or an authenticator app, 3 the My Number
    card), each with the instant it was shown last. ``scopes``: the services in which one acts for another.
    """

    def __init__(self, user: User, *, shown: Mapping[int, datetime] = NOTHING_SHOWN) -> None:
        """Keep what the user row says; nothing is read."""
        self.user_id: UUID = user.pk
        self.actor: UUID = user.resident_id
        self.subject: UUID | None = user.resident_id
        self.account_level: int = user.account_level
        self.account_level_since: datetime | None = user.account_level_since
        self.shown = shown
        self.language: str = user.language
        self.scopes: frozenset[str] | None = None

    def act_for(self, mandated: Mandated) -> None:
        """Act for another from now on: in the services of the mandate, and with no right of one's own roles."""
        self.subject, self.scopes = mandated.subject, mandated.scopes

    @property
    def authentication_level(self) -> int:
        """The highest level that this sign-in has shown."""
        return max(self.shown, default=CODE)

    def authenticated_at(self, level: int) -> datetime | None:
        """Return when they last authenticated at ``level`` or above in this sign-in."""
        return max((at for shown, at in self.shown.items() if shown >= level), default=None)

    def may(self, right: str, within: UUID | None = None) -> bool:
        """Tell whether a role gives ``right``: the person's own or a city role anywhere, another role within its organisation."""
        if right in rights_of("resident" if self.account_level else "tourist"):
            return True
        return self.scopes is None and any(
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


class _Thing:
    """What acts and is nobody: it stands for no resident and has shown nothing that ages."""

    subject: UUID | None = None
    scopes: frozenset[str] | None = None
    account_level = 0
    account_level_since: datetime | None = None
    authentication_level = 0
    language = "ja"

    def authenticated_at(self, level: int) -> datetime | None:
        """Say never."""
        return None


class DevicePrincipal(_Thing):
    """A till, kiosk, desk or sign: the rights of ``device.<kind>``, within its organisation alone, and nobody's resident."""

    authentication_level = CODE

    def __init__(self, device: Device) -> None:
        """Keep what the device row says; its id is the actor of what is done on it."""
        self.actor: UUID = device.pk
        self.kind: str = device.kind
        self.organisation_id: UUID = device.organisation_id

    def may(self, right: str, within: UUID | None = None) -> bool:
        """Tell whether the device's kind gives ``right`` there; anywhere else, and city-wide, it gives none."""
        return within == self.organisation_id and right in rights_of(f"device.{self.kind}")


class PartnerPrincipal(_Thing):
    """A partner's client that speaks for itself: it has no right here, and what it reads of people their grants allow."""

    def __init__(self, client_id: str) -> None:
        """Keep the client's id, which is the actor of what it does."""
        self.actor = UUID(client_id)

    def may(self, right: str, within: UUID | None = None) -> bool:
        """Say no."""
        return False


def principal_of(resident_id: UUID) -> ResidentPrincipal:
    """Return the principal of a resident who can sign in; :raises User.DoesNotExist: where the account is closed."""
    return ResidentPrincipal(User.objects.get(resident_id=resident_id))
