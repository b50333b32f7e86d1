"""How surely a person must be known for an act: what a service needs, and how it refuses less.

Two scales, each with its age. The *account level* says how surely the city knows whose account it is, and since when; the
*authentication level* says how surely the one who acts now is that person, and when they last showed it. What each level is, and
which words of the Digital Agency and of NIST it stands beside: ``docs/algorithms/assurance.md``.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import IntEnum

import msgspec

from kernel import contributions
from kernel.principal import Principal
from kernel.problems import StepUpRequired


class AccountLevel(IntEnum):
    """How surely the city knows whose account it is."""

    GUEST = 0
    SELF_ASSERTED = 1
    COUNTER = 2
    CARD = 3


class AuthenticationLevel(IntEnum):
    """How surely the one who acts is the account's person."""

    CODE = 1
    SECOND_FACTOR = 2
    CARD = 3


MOST_AGE = {AuthenticationLevel.CARD: timedelta(minutes=5)}
"""How old an authentication may be at most, whatever a service says.

A card lies on the reader while its owner acts. Five minutes are enough to read what one is about to do and to press the button, and
too few for somebody who finds the telephone on a table; a level-3 act of an hour ago proves nothing about who holds it now.
"""


STAFF_SIGN_IN = timedelta(hours=12)
"""How long a second factor carries the city's own staff: a working day with its overtime, and not the next one."""


class Need(msgspec.Struct, frozen=True):
    """What a service needs: levels, and the most that may have passed since the person authenticated at that level."""

    account: int = 0
    authentication: int = 0
    within: timedelta | None = None

    @property
    def most_age(self) -> timedelta | None:
        """The shorter of what the service asks for and what the level allows."""
        ages = [age for level, age in MOST_AGE.items() if self.authentication >= level]
        ages += [self.within] if self.within is not None else []
        return min(ages, default=None)


class Way(msgspec.Struct, frozen=True):
    """One way to step up: its name, where it starts, and, where the person has not got it yet, where they set it up."""

    way: str
    start: str
    set_up: str | None = None


Ways = Callable[[Principal, Need], list[Way]]


def require(
    principal: Principal, *, at: datetime, account: int = 0, authentication: int = 0, within: timedelta | None = None
) -> None:
    """Pass whoever is known surely enough, and lately enough; services call it first thing.

    :raises StepUpRequired: otherwise; its members name what is needed and which ways lead there for this person.
    """
    need = Need(account, authentication, within)
    if not _is_met(principal, need, at):
        raise refusal(principal, need)


def refusal(principal: Principal, need: Need) -> StepUpRequired:
    """Return the refusal, with the ways that are open to this person."""
    age = need.most_age
    return StepUpRequired(
        needs={
            "account_level": need.account,
            "authentication_level": need.authentication,
            "max_age": None if age is None else int(age.total_seconds()),
        },
        has={
            "account_level": principal.account_level,
            "authentication_level": principal.authentication_level,
        },
        step_up=[msgspec.to_builtins(way) for way in _ways(principal, need)],
    )


def _is_met(principal: Principal, need: Need, at: datetime) -> bool:
    if principal.account_level < need.account or principal.authentication_level < need.authentication:
        return False
    if need.most_age is None:
        return True
    shown_at = principal.authenticated_at(max(need.authentication, AuthenticationLevel.CODE))
    return shown_at is not None and at - shown_at <= need.most_age


def _ways(principal: Principal, need: Need) -> list[Way]:
    return [way for given in contributions.everyones() for way in given.step_up(principal, need)]
