"""What anybody may read of a draw: what was fixed before, the list, the seed and the places."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from kernel.draw import beacons
from kernel.draw.holding import draw_named, places_of, tickets_of
from kernel.draw.parties import parties_of
from kernel.draw.reckoning import Place, canonical
from kernel.models import Draw, DrawState

SCRIPTS = {name: Path(__file__).with_name(name) for name in ("recompute.py", "party.py")}


class PartySaid(msgspec.Struct, frozen=True):
    """A party's value, once it is said; ``is_recovered`` where the other two put it together."""

    name: str
    value: str
    is_recovered: bool


class PublishedDraw(msgspec.Struct, frozen=True):
    """A draw as it is published. ``statement`` is the text that was signed (``jws``) before; the places come after.

    ``source`` says where the seed comes from: ``drand``, ``parties`` or ``city``.
    """

    id: UUID
    about: str
    state: str
    source: str
    draw_at: datetime | None
    ticket_count: int | None
    tickets_sha256: str | None
    statement: str | None
    jws: str | None
    randomness: str | None
    proof: str | None
    round: int | None
    source_facts: dict[str, Any]
    parties: list[PartySaid]
    places: list[Place]


def published(draw_id: UUID) -> PublishedDraw:
    """Return what anybody may know of a draw now; :raises NotFound: for none."""
    draw = draw_named(draw_id)
    said = [
        PartySaid(party.name, bytes(party.value).hex(), party.is_recovered)
        for party in parties_of(draw_id)
        if party.value is not None
    ]
    return PublishedDraw(
        id=draw.pk, about=draw.about, state=draw.state, source=draw.source, draw_at=draw.draw_at,
        ticket_count=draw.ticket_count, tickets_sha256=draw.tickets_sha256, statement=draw.statement, jws=draw.jws,
        randomness=draw.randomness, proof=draw.proof, round=draw.round, source_facts=_facts(draw), parties=said,
        places=places_of(draw_id) if draw.state == DrawState.DRAWN else [],
    )  # fmt: skip


def published_list(draw_id: UUID) -> bytes:
    """Return the list as it was committed to; empty before: whoever has not handed in a ticket yet learns nothing."""
    is_fixed = draw_named(draw_id).state != DrawState.OPEN
    return canonical(tickets_of(draw_id)) if is_fixed else b""


def _facts(draw: Draw) -> dict[str, Any]:
    return {} if draw.source == "parties" else beacons.beacon_of(draw.source).facts()
