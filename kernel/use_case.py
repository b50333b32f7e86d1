"""The one write pipeline: principal, idempotency, transaction, audit row, outbox, after commit.

A service is the body of a use case::

    @use_case("wallet.refund_payment", key=Key.REQUIRED, status=201)
    def refund_payment(act: Act, *, payment_id: UUID, amount: int) -> Receipt: ...

    refund_payment(act, payment_id=…, amount=…)          # another service or a command wants the value
    refund_payment.answer(act, payment_id=…, amount=…)   # a door wants the bytes that are kept for a replay

A refusal (:class:`kernel.problems.DomainError`) rolls everything back and is kept, with its key, in a second transaction. Called
while another use case is open with the same ``act``, the body joins that transaction.
"""

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import update_wrapper
from inspect import Parameter, signature
from typing import Any, ClassVar, Concatenate, Generic, ParamSpec, TypeVar, get_type_hints
from uuid import UUID

import msgspec
import structlog

from kernel import idempotency, problems
from kernel.idempotency import Answer
from kernel.log import audit, outbox
from kernel.principal import Principal
from kernel.transaction import whole

P = ParamSpec("P")
R = TypeVar("R")

_log = structlog.get_logger(__name__)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What happened, as other rooms may learn it from the outbox; subclasses set ``name`` (``app.noun.verb.v1``)."""

    name: ClassVar[str]


class Key(Enum):
    """Whether a use case asks for an idempotency key."""

    REQUIRED = "required"
    NONE = "none"


class Act:
    """One intention: who acts, at which instant, under which idempotency key; and, while open, what the act leaves behind."""

    def __init__(self, principal: Principal, *, at: datetime, key: str | None = None) -> None:
        """Hold the intention; nothing happens until a use case is called with it."""
        self.principal = principal
        self.at = at
        self.key = key
        self.is_open = False
        self.digest = b""  # the fingerprint of the use case under way, the outermost where they are nested
        self._note = audit.Note(subject=principal.subject)
        self._audit: list[audit.Entry] = []
        self._events: list[outbox.Entry] = []
        self._afterwards: list[Callable[[], None]] = []

    def audit(self, *, subject: UUID | None = None, what: dict[str, Any] | None = None, why: str = "") -> None:
        """Say more in the use case's audit row: whom it concerns, ids and amounts (never names), the reason given."""
        self._note = audit.Note(subject=subject or self.principal.subject, what=what or {}, why=why)

    def emit(self, event: Event) -> None:
        """Leave an event in the outbox, delivered to its handlers after commit, at least once."""
        self._events.append(outbox.entry(event.name, msgspec.to_builtins(event), at=self.at))

    def after_commit(self, tell: Callable[[], None]) -> None:
        """Call ``tell`` once the transaction stands; if it fails, that is logged and the answer stays."""
        self._afterwards.append(tell)

    def _enter(self, action: str, body: Callable[[], R]) -> R:
        """Run one use case's body; its audit row follows it, an inner one's comes before the outer's."""
        outer, self._note = self._note, audit.Note(subject=self.principal.subject)
        try:
            value = body()
            self._audit.append(audit.entry(self.principal, action, self._note, key=self.key, at=self.at))
        finally:
            self._note = outer
        return value

    def _write(self) -> None:
        audit.append(self._audit)
        outbox.append(self._events)

    def _tell(self) -> None:
        for tell in self._afterwards:
            try:
                tell()
            except Exception:  # noqa: BLE001 - the act is done; telling of it must not undo the answer
                _log.exception("after_commit_failed", tell=getattr(tell, "__qualname__", repr(tell)))

    def _forget(self) -> None:
        self.is_open = False
        self._audit, self._events, self._afterwards = [], [], []


class UseCase(Generic[P, R]):
    """A service with the pipeline around it."""

    def __init__(self, body: Callable[Concatenate[Act, P], R], *, action: str, key: Key, status: int) -> None:
        """Wrap ``body``; see :func:`use_case`."""
        update_wrapper(self, body)
        self._body = body
        self.action = action
        self.key = key
        self.status = status

    def __call__(self, act: Act, *args: P.args, **kwargs: P.kwargs) -> R:
        """Perform the act and return its value; :raises DomainError: when it is refused."""
        if act.is_open:
            return act._enter(self.action, lambda: self._body(act, *args, **kwargs))
        answer, value, refusal = self._perform(act, args, kwargs)
        if answer.is_refusal:
            raise refusal or idempotency.KeptRefusal(answer)
        return value if value is not None else self._value(answer)

    def answer(self, act: Act, *args: P.args, **kwargs: P.kwargs) -> Answer:
        """Perform the act and return what the door sends, refusals of keyed use cases included.

        :raises DomainError: when one without a key is refused.
        """
        return self._perform(act, args, kwargs)[0]

    def digest(self, kwargs: dict[str, Any]) -> bytes:
        """Return the fingerprint by which the same request is known again."""
        return idempotency.digest(self.action, kwargs)

    def _perform(
        self, act: Act, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[Answer, R | None, problems.DomainError | None]:
        act._forget()
        try:
            outcome = self._once(act, args, kwargs) if self.key is Key.REQUIRED else self._plainly(act, args, kwargs)
            act._tell()
        finally:
            act._forget()
        return outcome

    def _plainly(self, act: Act, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Answer, R | None, None]:
        act.digest = self.digest(kwargs)
        with whole():
            value = self._run(act, args, kwargs)
        return Answer.of(value, self.status), value, None

    def _once(
        self, act: Act, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[Answer, R | None, problems.DomainError | None]:
        digest = act.digest = self.digest(kwargs)
        actor, key = act.principal.actor, idempotency.checked(act.key)
        try:
            with whole():
                kept = idempotency.find(actor, key, digest, at=act.at)
                if kept is not None:
                    return kept, None, None
                value = self._run(act, args, kwargs)
                answer = Answer.of(value, self.status)
                idempotency.keep(actor, key, digest, answer, at=act.at)
        except problems.DomainError as refusal:
            act._forget()
            return idempotency.keep_refusal(actor, key, digest, refusal, at=act.at), None, refusal
        return answer, value, None

    def _run(self, act: Act, args: tuple[Any, ...], kwargs: dict[str, Any]) -> R:
        act.is_open = True
        try:
            value = act._enter(self.action, lambda: self._body(act, *args, **kwargs))
            act._write()
        finally:
            act.is_open = False
        return value

    def _value(self, answer: Answer) -> R:
        returns = get_type_hints(self._body)["return"]
        return msgspec.json.decode(answer.body, type=returns) if answer.body else None  # type: ignore[return-value]


def use_case(
    action: str, *, key: Key = Key.NONE, status: int = 200
) -> Callable[[Callable[Concatenate[Act, P], R]], UseCase[P, R]]:
    """Make a service of a function ``(act, *, …) -> Struct``.

    ``action`` names it in the audit log; ``key`` says whether it moves money, books, submits or reports and so asks for an
    idempotency key; ``status`` is the HTTP status of success, kept with the answer.

    :raises TypeError: for arguments that are not keyword-only: the request's fingerprint is made of their names.
    """

    def wrap(body: Callable[Concatenate[Act, P], R]) -> UseCase[P, R]:
        _act, *others = signature(body).parameters.values()
        if any(other.kind is not Parameter.KEYWORD_ONLY for other in others):
            raise TypeError(f"{body.__qualname__}: all arguments but the act must be keyword-only")
        return UseCase(body, action=action, key=key, status=status)

    return wrap
