"""Opening an access: the database checks, writes the log row, and shows the person's rows until the block ends."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from uuid import UUID

from django.core.exceptions import SynchronousOnlyOperation
from django.db import OperationalError, connection
from psycopg.errors import AdminShutdown
from psycopg.pq import TransactionStatus

from kernel import keys, transaction
from kernel.access import stack
from kernel.ids import new_id
from kernel.problems import NotAllowed
from kernel.request_context import request_id
from kernel.transaction import Reading

OPEN = "SELECT ground, version, wrapped_key, is_destroyed FROM kernel_enter_access(%s, %s, %s, %s, %s, %s, %s)"
KEEP = "SELECT version, wrapped_key, is_destroyed FROM kernel_keep_subject_key(%s, %s::smallint, %s)"


class AccessRefused(NotAllowed):
    """Neither is it one's own data, nor does a named purpose allow it."""


class Access:
    """One open access: whose data, which classes, for what; and, through it, the person's key."""

    def __init__(self, reading: Reading, ground: str, key: tuple[int, bytes] | None, *, is_destroyed: bool) -> None:
        """Hold what the database answered."""
        self.id = reading.id
        self.subject = reading.subject
        self.actor = reading.actor
        self.purpose = reading.purpose
        self.classes = frozenset(reading.classes)
        self.ground = ground
        self._wrapped = key
        self._is_destroyed = is_destroyed
        self._key: bytes | None = None

    def seal(self, text: str, context: str) -> bytes:
        """Seal a text with the person's key, for one place (``accounts.profile.name``); a new person's key is made now.

        :raises Shredded: once the key is destroyed; :raises OutsideAccess: after the access has ended.
        """
        return keys.seal(self._subject_key(), self.subject, text.encode(), context)

    def unseal(self, sealed: bytes, context: str) -> str:
        """Open what was sealed for this person and place.

        :raises Shredded: once the key is destroyed; :raises SealBroken: for bytes of another person or place;
        :raises OutsideAccess: after the access has ended.
        """
        return keys.unseal(self._subject_key(), self.subject, bytes(sealed), context).decode()

    def destroy_key(self) -> None:
        """Destroy the person's key: what was sealed with it can never be read again. The purpose must be named for that."""
        self._require_open()
        with connection.cursor() as cursor:
            cursor.execute("SELECT kernel_destroy_subject_key(%s)", [self.id])
        for each in stack.accesses():
            if isinstance(each, Access) and each.subject == self.subject:
                each.forget_key()

    def covers(self, subject: UUID) -> bool:
        """Tell whether this is the person."""
        return subject == self.subject

    def forget_key(self) -> None:
        """Know that the key is gone."""
        self._key, self._is_destroyed = None, True

    def _subject_key(self) -> bytes:
        self._require_open()
        if self._is_destroyed:
            raise keys.Shredded
        if self._key is None:
            self._key = keys.unwrap(*(self._wrapped or self._make_key()), self.subject)
        return self._key

    def _make_key(self) -> tuple[int, bytes]:
        """Keep a new key, or take the one that another transaction kept first."""
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [self.id, *keys.wrap(keys.new_key(), self.subject)])
            version, wrapped, self._is_destroyed = cursor.fetchone()
        if self._is_destroyed:
            raise keys.Shredded
        return version, bytes(wrapped)

    def _require_open(self) -> None:
        if self not in stack.accesses():
            raise stack.OutsideAccess("this access has ended")


@contextmanager
def access(*, purpose: str, actor: UUID, subject: UUID, classes: Sequence[str], reason: str = "") -> Iterator[Access]:
    """Show the ``subject``'s data of these classes to the block, and write that ``actor`` read it, for which ``purpose``.

    The outermost access opens a transaction of its own; inside a use case it joins that one. They nest, each ends with its block.
    Only synchronous code, and never across a generator's ``yield``.

    :raises AccessRefused: where nothing allows it; :raises SynchronousOnlyOperation: on an event loop.
    """
    refuse_on_event_loop()
    reading = Reading(new_id(), purpose, actor, subject, sorted(set(classes)), reason, request_id() or "")
    with ExitStack() as frame:
        ends_with_transaction = not connection.in_atomic_block
        if not transaction.is_open():
            frame.enter_context(transaction.whole())
        opened_access = _open(reading)
        stack.accesses().append(opened_access)
        try:
            with refused_by_force():
                yield opened_access
        finally:
            stack.accesses().remove(opened_access)
            if not ends_with_transaction:
                close([opened_access.id])


@contextmanager
def refused_by_force() -> Iterator[None]:
    """Refuse what is cut off in the middle because the permission has ended (:func:`kernel.access.ending.end_accesses`)."""
    try:
        yield
    except OperationalError as fault:
        if isinstance(fault.__cause__, AdminShutdown):
            raise AccessRefused from fault
        raise


def opened(subject: UUID) -> Access:
    """Return the innermost open access to this subject; :raises OutsideAccess: where there is none."""
    for candidate in reversed(stack.accesses()):
        if isinstance(candidate, Access) and candidate.subject == subject:
            return candidate
    raise stack.OutsideAccess("no access to this subject is open")


def _open(reading: Reading) -> Access:
    with connection.cursor() as cursor:
        cursor.execute(OPEN, reading)
        ground, version, wrapped, is_destroyed = cursor.fetchone()
    if ground is None:
        raise AccessRefused
    transaction.has_read(reading)
    key = None if wrapped is None else (version, bytes(wrapped))
    return Access(reading, ground, key, is_destroyed=bool(is_destroyed))


def close(ids: list[UUID]) -> None:
    """End what these accesses show, unless the transaction has failed already and shows nothing any more."""
    handle = connection.connection
    if handle is not None and handle.info.transaction_status == TransactionStatus.INTRANS:
        with connection.cursor() as cursor:
            cursor.execute("SELECT kernel_leave_accesses(%s::uuid[])", [ids])


def refuse_on_event_loop() -> None:
    """Pass in synchronous code; :raises SynchronousOnlyOperation: where other coroutines could run between two statements."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise SynchronousOnlyOperation(
        "an access is for synchronous code: use database_sync_to_async around the whole of it"
    )
