"""What upper floors give to lower ones: typed providers, collected from each app's ``contributions.py``.

An app hands over one :class:`Contributions`; the kernel keeps them, lower floors first. A new kind of provider is a protocol here
and a field there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from django.http import HttpRequest

from kernel.principal import Principal


class Feed(Protocol):
    """A live feed: a snapshot, then events; ``old snapshot + events == fresh snapshot``."""

    name: str

    def topic(self, principal: Principal, argument: str) -> str:
        """Return the topic this person may hear; :raises DomainError: where they may not."""
        ...

    def snapshot(self, topic: str, *, at: datetime) -> dict[str, Any]:
        """Return the whole as it is now."""
        ...


@runtime_checkable
class TouchedFeed(Feed, Protocol):
    """A feed whose events are read where they are watched, so that the act itself pays for one short message alone."""

    def events(self, topic: str, mark: str, *, at: datetime) -> Iterable[tuple[str, Any]]:
        """Return what ``mark`` stands for as (type, data), as it is now: versions and ids make a later state harmless.

        One reading serves every socket on the topic, so nothing here may depend on the reader or their language.
        """
        ...


@dataclass(frozen=True, slots=True)
class Delivered:
    """An event as a handler gets it: its id makes the handler idempotent."""

    id: UUID
    name: str
    recorded_at: datetime
    payload: Mapping[str, Any]


Handler = Callable[[Delivered], None]


class SignIns(Protocol):
    """How the kernel finds a sign-in again after its request: a socket lives longer than the request that opened it."""

    def handle(self, request: HttpRequest, auth: Any) -> str:
        """Name the sign-in behind this request (``auth`` is what DRF's authentication returned beside the user)."""
        ...

    def principal(self, handle: str) -> Principal | None:
        """Return who is signed in under the handle; None once signed out, here or from another device."""
        ...


@dataclass(frozen=True, slots=True)
class Loop:
    """Work that a process does again and again: ``step`` does a bounded piece and tells whether more waits.

    It rests ``rest_s`` seconds when nothing waits.
    """

    name: str
    step: Callable[[], bool]
    rest_s: float = 0.5


@dataclass(frozen=True, slots=True)
class Schedule:
    """A Celery task at fixed times: ``at`` is a Celery schedule (``crontab(…)``, in Japan's time) or seconds between runs."""

    task: str
    at: Any
    queue: str = "default"


@dataclass(frozen=True, slots=True)
class Check:
    """A check for ``/readyz`` and the doctor: returns a sentence when something is wrong, None when all is well."""

    name: str
    run: Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class Contributions:
    """Everything one app gives."""

    feeds: tuple[Feed, ...] = ()
    handlers: Mapping[str, tuple[Handler, ...]] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    loops: tuple[Loop, ...] = ()
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    """Name → when which task runs."""
    sign_ins: SignIns | None = None
    rights: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Role → the rights it gives, for example ``merchant.cashier`` → ``{"wallet.charge"}``."""
    demo: tuple[tuple[int, str, Callable[[], None]], ...] = ()
    """Steps that make the demo city: (order, words for the terminal, step)."""


_registry: dict[str, Contributions] = {}


def register(name: str, given: Contributions) -> None:
    """Take what one app gives, in place of what it gave before."""
    _registry[name] = given


def withdraw(name: str) -> None:
    """Forget what one app gave."""
    _registry.pop(name, None)


def collect(app_names: Iterable[str]) -> None:
    """Import each app's ``contributions`` once; called when Django is ready."""
    for name in app_names:
        try:
            module = import_module(f"{name}.contributions")
        except ModuleNotFoundError as missing:
            if missing.name != f"{name}.contributions":
                raise
            continue
        register(name, module.contributions)


def everyones() -> Iterator[Contributions]:
    """Yield what the apps gave, lower floors first."""
    yield from _registry.values()


def handlers_of(event: str) -> tuple[Handler, ...]:
    """Return the handlers subscribed to the event's name."""
    return tuple(handler for given in everyones() for handler in given.handlers.get(event, ()))


def feed_named(name: str) -> Feed | None:
    """Return the feed of that name, if an app gives one."""
    return next((feed for given in everyones() for feed in given.feeds if feed.name == name), None)


def loops() -> tuple[Loop, ...]:
    """Return the loops of all apps."""
    return tuple(loop for given in everyones() for loop in given.loops)


def schedules() -> dict[str, Schedule]:
    """Return the schedules of all apps by name."""
    return {name: schedule for given in everyones() for name, schedule in given.schedules.items()}


def sign_ins() -> SignIns:
    """Return how sign-ins are found again; :raises LookupError: where no app of this city knows sign-ins."""
    found = next((given.sign_ins for given in everyones() if given.sign_ins is not None), None)
    if found is None:
        raise LookupError("no app contributes sign_ins")
    return found


def rights_of(role: str) -> frozenset[str]:
    """Return all rights the role gives in all apps."""
    return frozenset[str]().union(*(given.rights.get(role, frozenset()) for given in everyones()))
