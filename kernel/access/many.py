"""Many people at once: one statement opens up to 500 accesses, each with a row of its own in the log."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from uuid import UUID

from django.db import connection

from kernel import keys, transaction
from kernel.access import stack
from kernel.access.opening import close, refuse_on_event_loop, refused_by_force
from kernel.ids import new_id
from kernel.request_context import request_id
from kernel.transaction import Reading

MOST = 500
OPEN = "SELECT id, subject, version, wrapped_key FROM kernel_enter_accesses(%s::uuid[], %s, %s, %s::uuid[], %s, %s, %s)"


class Accesses:
    """Open accesses to several people, for one purpose: whose data they are, and through them the people's keys."""

    def __init__(self, readings: Sequence[Reading], wrapped: dict[UUID, tuple[int, bytes] | None]) -> None:
        """Hold what the database answered; a person without a key, or whose key is gone, stands with None."""
        self.ids = [reading.id for reading in readings]
        self.subjects = frozenset(reading.subject for reading in readings)
        self.classes = frozenset(readings[0].classes) if readings else frozenset[str]()
        self._wrapped = wrapped
        self._keys: dict[UUID, bytes] = {}

    def covers(self, subject: UUID) -> bool:
        """Tell whether the person is among them."""
        return subject in self.subjects

    def unseal(self, subject: UUID, sealed: bytes, context: str) -> str:
        """Open what was sealed for this person and place.

        :raises Shredded: where the key is destroyed; :raises OutsideAccess: for somebody else, and after the accesses have ended.
        """
        if self not in stack.accesses() or subject not in self.subjects:
            raise stack.OutsideAccess("no access to this person is open here")
        if subject not in self._keys:
            wrapped = self._wrapped[subject]
            if wrapped is None:
                raise keys.Shredded
            self._keys[subject] = keys.unwrap(*wrapped, subject)
        return keys.unseal(self._keys[subject], subject, bytes(sealed), context).decode()


@contextmanager
def access_many(
    *, purpose: str, actor: UUID, subjects: Sequence[UUID], classes: Sequence[str], reason: str = ""
) -> Iterator[Accesses]:
    """Show these people's data to the block, as :func:`kernel.access.access` does for one.

    Who may not be read is left out: look at ``subjects`` of what is yielded. Longer lists go through :func:`in_chunks`.

    :raises ValueError: for more than 500 people; :raises SynchronousOnlyOperation: on an event loop.
    """
    refuse_on_event_loop()
    asked = list(dict.fromkeys(subjects))
    if len(asked) > MOST:
        raise ValueError(f"at most {MOST} people at once; use in_chunks")
    wanted = {
        subject: Reading(new_id(), purpose, actor, subject, sorted(set(classes)), reason, request_id() or "")
        for subject in asked
    }
    with ExitStack() as frame:
        ends_with_transaction = not connection.in_atomic_block
        if not transaction.is_open():
            frame.enter_context(transaction.whole())
        opened = _open(wanted)
        stack.accesses().append(opened)
        try:
            with refused_by_force():
                yield opened
        finally:
            stack.accesses().remove(opened)
            if not ends_with_transaction:
                close(opened.ids)


def in_chunks(subjects: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Yield the people in lists that :func:`access_many` takes; the source is read as it goes, so that memory stays flat."""
    source = iter(subjects)
    while chunk := list(islice(source, MOST)):
        yield chunk


def _open(wanted: dict[UUID, Reading]) -> Accesses:
    if not wanted:
        return Accesses([], {})
    first = next(iter(wanted.values()))
    with connection.cursor() as cursor:
        cursor.execute(
            OPEN,
            [
                [reading.id for reading in wanted.values()],
                first.purpose,
                first.actor,
                list(wanted),
                first.classes,
                first.reason,
                first.request_id,
            ],
        )
        rows = cursor.fetchall()
    readings = [wanted[subject] for _id, subject, *_key in rows]
    for reading in readings:
        transaction.has_read(reading)
    return Accesses(
        readings,
        {subject: None if wrapped is None else (version, bytes(wrapped)) for _id, subject, version, wrapped in rows},
    )
