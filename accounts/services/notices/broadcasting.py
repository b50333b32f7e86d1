"""One message to many: written once, started, stopped, and handed out in pieces by as many workers as there are."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from accounts.engine.wording import Value
from accounts.models import Broadcast, BroadcastPiece
from accounts.selectors.audiences import Audience, count_in, people_in
from accounts.services.notices.telling import inboxes_changed
from accounts.services.notices.writing import checked, declared
from kernel.ids import new_id
from kernel.use_case import Act, use_case

PIECE = 1_000
LEASE = timedelta(minutes=1)
State = Broadcast.State

# All whose last piece is written, whoever wrote it.
_FINISH = """
UPDATE accounts_broadcast b SET state = 'done', ended_at = greatest(%s, started_at)
 WHERE state = 'running' AND is_cut
   AND NOT EXISTS (SELECT FROM accounts_broadcastpiece p WHERE p.broadcast_id = b.id AND p.done_at IS NULL)
"""


@use_case("accounts.broadcast")
def broadcast(act: Act, *, message: str, values: Mapping[str, Value], audience: Audience, dedupe: str) -> None:
    """Tell many people an app's message, with the same values for all. The same ``message`` and ``dedupe`` go out once.

    :raises MessageUnknown: for a message that no app declares; :raises ValuesMismatch: for values that do not fill its blanks.
    """
    template = declared(message)
    row = Broadcast(
        id=new_id(act.at), name=message, packed_values=checked(message, template, values),
        category=template.category, priority=template.priority, audience=audience, dedupe=f"{message}/{dedupe}",
        created_by=act.principal.actor, created_at=act.at,
        state=State.RUNNING, started_at=act.at, expected=count_in(audience, at=act.at),
    )  # fmt: skip
    Broadcast.objects.bulk_create([row], ignore_conflicts=True)
    act.audit(what={"broadcast": str(row.pk), "message": message})


def fan_out_some(*, priority: str, at: datetime) -> bool:
    """Write one piece of a running message to many; tell whether there was one.

    Claiming and writing are two transactions: who dies between them leaves a claim that runs out, and whoever takes the piece over
    writes what is missing. A person has one copy at the most, for the database says so.
    """
    piece = _claim_piece(priority, at)
    residents = write_piece(piece, at=at) if piece is not None else []
    with connection.cursor() as cursor:
        cursor.execute(_FINISH, [at])
    if residents:
        inboxes_changed(residents)
    return piece is not None


def _claim_piece(priority: str, at: datetime) -> BroadcastPiece | None:
    with transaction.atomic(durable=True):
        return _left_behind(priority, at) or _cut(priority, at)


def _left_behind(priority: str, at: datetime) -> BroadcastPiece | None:
    """Take over a piece whose worker has not come back."""
    lost = BroadcastPiece.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        done_at=None, claimed_until__lt=at, broadcast__state=State.RUNNING, broadcast__priority=priority
    )
    piece = lost.order_by("claimed_until", "id").first()
    if piece is not None:
        piece.claimed_until = at + LEASE
        piece.save(update_fields=["claimed_until"])
    return piece


def _cut(priority: str, at: datetime) -> BroadcastPiece | None:
    """Cut the next thousand people off what is left, by key; a message whose people are all cut makes way for the next."""
    running = Broadcast.objects.select_for_update(skip_locked=True).filter(
        state=State.RUNNING, is_cut=False, priority=priority
    )
    row = running.order_by("started_at", "id").first()
    if row is None or row.started_at is None:
        return None
    people = people_in(row.audience, at=row.started_at).order_by("resident_id")
    left = people.filter(resident_id__gt=row.cursor) if row.cursor else people
    keys = list(left.values_list("resident_id", flat=True)[:PIECE])
    after, row.is_cut = row.cursor, len(keys) < PIECE
    row.cursor = keys[-1] if keys else row.cursor
    row.save(update_fields=["cursor", "is_cut"])
    if not keys:
        return _cut(priority, at)
    return BroadcastPiece.objects.create(
        broadcast=row, number=row.pieces.count(), after=after, upto=keys[-1], claimed_until=at + LEASE
    )


def write_piece(piece: BroadcastPiece, *, at: datetime) -> list[UUID]:
    """Write the copies of a claimed piece and return whose. A piece that somebody else has taken over is left to them."""
    with transaction.atomic(durable=True):
        own = BroadcastPiece.objects.select_for_update(of=("self",)).select_related("broadcast")
        held = own.filter(pk=piece.pk, done_at=None, claimed_until=piece.claimed_until).first()
        if held is None or held.broadcast.started_at is None:
            return []
        people = people_in(held.broadcast.audience, at=held.broadcast.started_at)
        people = people.filter(resident_id__lte=held.upto, **({"resident_id__gt": held.after} if held.after else {}))
        residents = list(people.order_by("resident_id").values_list("resident_id", flat=True))
        with connection.cursor() as cursor:
            keys = [new_id(held.broadcast.started_at) for _resident in residents]
            cursor.execute("SELECT accounts_write_copies(%s, %s, %s)", [held.broadcast_id, keys, residents])
            held.written = cursor.fetchone()[0]
        held.done_at = at
        held.save(update_fields=["written", "done_at"])
    return residents
