"""Who acts, for whom, how surely known, with which rights."""

from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

SYSTEM_ACTOR = UUID("00000000-0000-7000-8000-000000000001")


class Principal(Protocol):
    """The one who acts; authentication (named in settings) fills it, so that lower floors know rights without accounts.

    ``subject`` is the resident acted for: the actor's own, or one they may act for; None where no resident is concerned.
    ``scopes``: the services in which the actor acts for another; None where they act for themself.
    ``account_level`` 0 to 3 and ``authentication_level`` 1 to 3 say how surely person and sign-in are known; each has an age.
    """

    @property
    def actor(self) -> UUID: ...
    @property
    def subject(self) -> UUID | None: ...
    @property
    def scopes(self) -> frozenset[str] | None: ...
    @property
    def account_level(self) -> int: ...
    @property
    def account_level_since(self) -> datetime | None: ...
    @property
    def authentication_level(self) -> int: ...
    @property
    def language(self) -> str: ...

    def authenticated_at(self, level: int) -> datetime | None:
        """Return when they last authenticated at ``level`` or above in this sign-in; None where they never did."""
        ...

    def may(self, right: str, within: UUID | None = None) -> bool:
        """Tell whether a role gives ``right``: city-wide, or within the organisation ``within``."""
        ...


class SystemPrincipal:
    """The city's own machinery: schedules, handlers, the seed of the demo city. It may do everything and is nobody's resident."""

    actor = SYSTEM_ACTOR
    subject: UUID | None = None
    scopes: frozenset[str] | None = None
    account_level = 3
    account_level_since: datetime | None = None
    authentication_level = 3
    language = "ja"

    def authenticated_at(self, level: int) -> datetime | None:
        """Return an instant that is never too old: machinery has no sign-in that ages."""
        return datetime.max.replace(tzinfo=UTC)

    def may(self, right: str, within: UUID | None = None) -> bool:
        """Say yes: schedules act under the rules of the service itself."""
        return True


class GuestPrincipal:
    """Whoever listens to what is open to all, signed in nowhere: nobody's resident, with no right at all."""

    actor = UUID(int=0)
    subject: UUID | None = None
    scopes: frozenset[str] | None = None
    account_level = 0
    account_level_since: datetime | None = None
    authentication_level = 0

    def __init__(self, language: str = "ja") -> None:
        """Know in which language they read."""
        self.language = language

    def authenticated_at(self, level: int) -> datetime | None:
        """Return None: they never did."""
        return None

    def may(self, right: str, within: UUID | None = None) -> bool:
        """Say no."""
        return False


SYSTEM = SystemPrincipal()
