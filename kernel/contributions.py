"""What upper floors give to lower ones: typed providers, collected from each app's ``contributions.py``.

An app hands over one :class:`Contributions`; the kernel keeps them, lower floors first. A new kind of provider is a protocol here
and a field there.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable
from uuid import UUID

from django.http import HttpRequest

from kernel.principal import Principal

if TYPE_CHECKING:  # it asks this registry for the ways
    from kernel.assurance import Need, Way


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
class OpenFeed(Feed, Protocol):
    """A feed that everybody may hear, signed in or not; who is not comes as :class:`kernel.principal.GuestPrincipal`."""

    is_open: bool


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
    """A check for ``/readyz`` and the doctor: returns a sentence when something is wrong, None when all is well.

    Where one that is not vital fails, that is said, and the city serves all the same.
    """

    name: str
    run: Callable[[], str | None]
    is_vital: bool = True


class StopsWithoutConsent(Protocol):
    """Says what would stop if a person took a yes back, in sentences of the reader's language; empty where nothing would."""

    def __call__(self, *, subject: UUID, recipient: UUID, purpose: str, data_class: str) -> list[str]: ...


class ShowsInEmergency(Protocol):
    """Reads what an officer behind broken glass needs, inside the open access, as (label, text)."""

    def __call__(self, opened: Any) -> list[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class ExportPart:
    """One file of what a person takes home: its path in the ZIP, what it holds, and a title in the reader's language.

    What can be large comes in pieces, which are made one at a time, in that language too.
    """

    path: str
    content: bytes | Iterable[bytes]
    title: Any


@dataclass(frozen=True, slots=True)
class ClosingNotice:
    """What a person is told before their account closes, in their language.

    With an ``amount`` it is something of worth that is lost, and the person must name it to go on; an obstacle must be out of the
    way first.
    """

    code: str
    words: Any
    amount: int = 0
    is_obstacle: bool = False


class PersonalStore(Protocol):
    """What one app keeps about people, for the two who may ask: the person who takes a copy home, and the person who goes."""

    name: str

    def export(self, subject: UUID, *, at: datetime) -> Iterable[ExportPart]:
        """Return everything kept about the subject; it opens its own accesses, with the subject as actor."""
        ...

    def before_closing(self, subject: UUID, *, actor: UUID, reason: str, at: datetime) -> list[ClosingNotice]:
        """Say what stands in the way and what is lost; asked under the lock of the closing too, so it only reads.

        ``actor`` is the subject, or an officer with a ``reason``; it opens its own accesses for them.
        """
        ...

    def closed(self, subject: UUID, *, at: datetime) -> None:
        """Let go of the subject, whose key and sign-ins are gone already. Called after commit, at least once, also years later
        when a backup was restored.
        """
        ...


class CarriesOver(Protocol):
    """Lets what an app keeps sealed about a person follow them when two IDs become one, before the merged ID's key is destroyed.

    ``classes`` are those of what it keeps; a migration has widened the purpose ``accounts.merge`` by them.
    """

    classes: tuple[str, ...]

    def carry(self, act: Any, *, survivor: Any, merged: Any) -> None:
        """Move it, inside the use case that merges; both are open accesses to these classes."""
        ...


class NamedFiles(Protocol):
    """Says which of these sealed files of its area (:mod:`kernel.files`) a row still names."""

    def __call__(self, names: Collection[str]) -> Iterable[str]: ...


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of message that residents choose about. ``title`` is lazy text.

    ``is_essential``: about the person's own safety or account, so that its letters by e-mail cannot be switched off.
    ``channels`` are those it comes by until the person chooses otherwise (``push``, ``email``, ``sms``, ``line``).
    """

    title: Any
    is_essential: bool = False
    channels: tuple[str, ...] = ("push", "email")


@dataclass(frozen=True, slots=True)
class Message:
    """What an app may tell a resident: lazy texts with ``%(name)s`` blanks, filled in the reader's language when it is read.

    ``link`` is an address of the phone app and may have blanks too. ``priority="life"`` is for danger to life alone: it passes
    quiet hours and choices, and is sent until it has arrived.
    """

    category: str
    title: Any
    body: Any
    link: str = ""
    priority: str = "normal"


class Place(NamedTuple):
    """Where somebody or something is: degrees north and east (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Card:
    """A card for Home, in the reader's language (docs/algorithms/home-cards.md).

    ``key`` is its own name and ``kind`` what the resident pins or hides; ``weight`` 0 to 100 says how much it matters by itself
    (100: danger to life, cannot be hidden). It shows from ``shows_from`` until ``until``, and is urgent towards its end.
    """

    key: str
    kind: str
    title: str
    detail: str
    link: str
    weight: int
    shows_from: datetime | None = None
    until: datetime | None = None
    place: Place | None = None


class CardProvider(Protocol):
    """Cards of one app; ``kinds`` names, in lazy text, what a resident may pin or hide."""

    @property
    def kinds(self) -> Mapping[str, Any]: ...

    def cards(self, principal: Principal, *, at: datetime, place: Place | None) -> Iterable[Card]:
        """Return what matters to this person now, in the language active now; few, and at the cost of few queries."""
        ...


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
    step_up: "Callable[[Principal, Need], list[Way]]" = lambda _principal, _need: []
    """How somebody who is not known surely enough comes to be (:mod:`kernel.assurance`)."""
    rights: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Role → the rights it gives, for example ``merchant.cashier`` → ``{"wallet.charge"}``."""
    scopes: Mapping[str, Any] = field(default_factory=dict)
    """Service in which one may act for another, by the app's name → its words (lazy). Purposes of reading begin with that name."""
    stops: tuple[StopsWithoutConsent, ...] = ()
    personal_stores: tuple[PersonalStore, ...] = ()
    """What the app keeps about people: asked when somebody exports their data or closes their account."""
    carries_over: tuple[CarriesOver, ...] = ()
    """What of it follows a person from one ID to the other."""
    files: Mapping[str, NamedFiles] = field(default_factory=dict)
    """Area of sealed files (``accounts.exports``) → which of them a row names; the others are swept after a day."""
    purposes: Mapping[str, Any] = field(default_factory=dict)
    """Purpose of an access → what a resident reads of it (lazy text): ``「…」のために``."""
    data_classes: Mapping[str, Any] = field(default_factory=dict)
    """Class of personal data → what a resident reads of it (lazy text): ``…を見ました``."""
    emergency: Mapping[str, ShowsInEmergency] = field(default_factory=dict)
    """Class of personal data → what of it an officer sees who broke the glass."""
    demo: tuple[tuple[int, str, Callable[[], None]], ...] = ()
    """Steps that make the demo city: (order, words for the terminal, step)."""
    categories: Mapping[str, Category] = field(default_factory=dict)
    messages: Mapping[str, Message] = field(default_factory=dict)
    """What the app tells residents, by name (``wallet.coins_end``)."""
    cards: tuple[CardProvider, ...] = ()
    screens: tuple[Callable[[UUID], str | None], ...] = ()
    """What a sign shows in place of what everybody was told: by its device the path of a page, None where it is nobody's matter."""


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


def personal_stores() -> tuple[PersonalStore, ...]:
    """Return what all apps keep about people, lower floors first."""
    return tuple(store for given in everyones() for store in given.personal_stores)


def carriers() -> tuple[CarriesOver, ...]:
    """Return what lets things follow a person from one ID to another, lower floors first."""
    return tuple(each for given in everyones() for each in given.carries_over)


def file_areas() -> dict[str, NamedFiles]:
    """Return the areas of sealed files of all apps; files of any other area are nobody's to delete."""
    return {area: named for given in everyones() for area, named in given.files.items()}


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


def categories() -> dict[str, Category]:
    """Return the categories of messages of all apps by name."""
    return {name: category for given in everyones() for name, category in given.categories.items()}


def messages() -> dict[str, Message]:
    """Return the messages of all apps by name."""
    return {name: message for given in everyones() for name, message in given.messages.items()}


def card_providers() -> tuple[CardProvider, ...]:
    """Return who gives cards to Home."""
    return tuple(provider for given in everyones() for provider in given.cards)


def purpose_in_words(name: str) -> str:
    """Return what residents read of a purpose, in the language active now; the bare name where no app gives words."""
    return next((str(given.purposes[name]) for given in everyones() if name in given.purposes), name)


def data_class_in_words(name: str) -> str:
    """Return what residents read of a class of personal data, in the language active now; the bare name without words."""
    return next((str(given.data_classes[name]) for given in everyones() if name in given.data_classes), name)
