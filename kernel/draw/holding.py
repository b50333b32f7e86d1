"""Holding a draw: open it, let tickets in, fix the list and the source of randomness, reckon the places when its time has come.

These are steps of a use case of whoever holds the draw (they take its ``act``); the rules themselves stand in the database too.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from kernel import signing
from kernel.draw import beacons
from kernel.draw.beacons import Beat
from kernel.draw.errors import DrawNotCommitted, DrawNotOpen, DrawWaits, TicketsInvalid, TooSoon
from kernel.draw.parties import PARTIES, facts_of_parties, values_of
from kernel.draw.reckoning import ORDER, TICKET, Place, Rule, combined, digest, places, wish_of
from kernel.ids import new_id
from kernel.models import Draw, DrawPlace, DrawState, DrawTicket
from kernel.problems import NotFound
from kernel.use_case import Act

AHEAD = timedelta(minutes=1)  # of the commitment, at the least: nobody knows a round so long before
STATEMENT_TYP = "machi-draw-statement+jwt"
AT_ONCE = 2000


def open_draw(act: Act, *, about: str, rule: Rule, source: str = "") -> UUID:
    """Open a draw; ``source`` is ``drand``, ``city`` or ``parties``, or empty for what the city usually takes."""
    draw = Draw.objects.create(
        id=new_id(act.at),
        about=about,
        rule=msgspec.to_builtins(rule),
        source=source or beacons.usual_source(),
        opened_at=act.at,
    )
    return draw.pk


def add_tickets(act: Act, draw_id: UUID, tickets: Sequence[str]) -> None:
    """Let tickets in; :raises DrawNotOpen: after the commitment; :raises TicketsInvalid: for a line that is none."""
    draw = locked(draw_id)
    if draw.state != DrawState.OPEN:
        raise DrawNotOpen
    if len(set(tickets)) != len(tickets) or not all(TICKET.fullmatch(ticket) for ticket in tickets):
        raise TicketsInvalid
    if rule_of(draw).units and not all(
        ticket.rpartition("-")[2].isdecimal() and wish_of(ticket) > 0 for ticket in tickets
    ):
        raise TicketsInvalid
    rows = (DrawTicket(draw=draw, ticket=ticket) for ticket in tickets)
    DrawTicket.objects.bulk_create(rows, batch_size=AT_ONCE)


def commit(act: Act, draw_id: UUID, *, draw_at: datetime) -> str:
    """Fix the list, and the round of randomness at ``draw_at`` or just after; return the list's SHA-256. Locks: the draw.

    With three parties ``draw_at`` is the last instant at which they may say their values by themselves.

    :raises DrawNotOpen: :raises TicketsInvalid: without tickets; :raises TooSoon: :raises PartiesNotReady:
    """
    draw = locked(draw_id)
    if draw.state != DrawState.OPEN:
        raise DrawNotOpen
    if draw_at < act.at + AHEAD:
        raise TooSoon
    tickets = tickets_of(draw_id)
    if not tickets:
        raise TicketsInvalid
    draw.round, draw.draw_at, source = _source(draw, draw_at)
    draw.state, draw.committed_at = DrawState.COMMITTED, act.at
    draw.ticket_count, draw.tickets_sha256 = len(tickets), digest(tickets)
    draw.statement = _statement(draw, source)
    draw.jws = signing.sign("draw", draw.statement.encode(), typ=STATEMENT_TYP)
    draw.save()
    return draw.tickets_sha256


def fetch(draw_id: UUID, *, at: datetime) -> Beat | None:
    """Read the round that a draw named, outside any transaction; None where three parties make the seed.

    :raises DrawWaits: before its time; :raises BeaconSilent: where the source does not answer.
    """
    draw = draw_named(draw_id)
    if draw.draw_at is None or at < draw.draw_at:
        raise DrawWaits(not_before=draw.draw_at.isoformat() if draw.draw_at else None)
    if draw.source == PARTIES or draw.round is None:
        return None
    return beacons.beacon_of(draw.source).read(draw.round)


def draw_places(act: Act, draw_id: UUID, beat: Beat | None) -> list[Place]:
    """Check the round and reckon every ticket's place, once; a draw that is over gives what it gave. Locks: the draw.

    :raises DrawNotCommitted: :raises DrawWaits: before its time, or while a party's value is missing; :raises BeaconUntrue:
    """
    draw = locked(draw_id)
    if draw.state == DrawState.DRAWN:
        return places_of(draw_id)
    if draw.state != DrawState.COMMITTED or draw.draw_at is None:
        raise DrawNotCommitted
    if act.at < draw.draw_at:
        raise DrawWaits(not_before=draw.draw_at.isoformat())
    seed, proof = _seed(draw, beat)
    found = list(places(seed, tickets_of(draw_id), rule_of(draw)))
    rows = (DrawPlace(draw=draw, rank=each.rank, ticket=each.ticket, won=each.won) for each in found)
    DrawPlace.objects.bulk_create(rows, batch_size=AT_ONCE)
    draw.state, draw.drawn_at, draw.randomness, draw.proof = DrawState.DRAWN, act.at, seed.hex(), proof
    draw.save()
    return found


def locked(draw_id: UUID) -> Draw:
    """Return the draw, locked; :raises NotFound: for none."""
    draw = Draw.objects.select_for_update().filter(pk=draw_id).first()
    if draw is None:
        raise NotFound
    return draw


def draw_named(draw_id: UUID) -> Draw:
    """Return the draw; :raises NotFound: for none."""
    draw = Draw.objects.filter(pk=draw_id).first()
    if draw is None:
        raise NotFound
    return draw


def rule_of(draw: Draw) -> Rule:
    """Return what is to be won."""
    return msgspec.convert(draw.rule, Rule)


def tickets_of(draw_id: UUID) -> list[str]:
    """Return the tickets in canonical order."""
    return list(DrawTicket.objects.filter(draw_id=draw_id).order_by("ticket").values_list("ticket", flat=True))


def places_of(draw_id: UUID) -> list[Place]:
    """Return every ticket's place by rank; none before the draw."""
    rows = DrawPlace.objects.filter(draw_id=draw_id).order_by("rank").values_list("rank", "ticket", "won")
    return [Place(*row) for row in rows]


def faults_of(draw_id: UUID) -> list[str]:
    """Name what is not as it was published: a ticket added, removed or changed, a place that the seed does not give."""
    draw = draw_named(draw_id)
    if draw.statement is None or draw.jws is None:
        return []
    tickets, found = tickets_of(draw_id), places_of(draw_id)
    faults = _named("ticket", set(tickets), {each.ticket for each in found}) if found else []
    said = msgspec.json.decode(draw.statement)
    if digest(tickets) != said["tickets_sha256"] or len(tickets) != said["ticket_count"]:
        faults.append("the list is not the one that was committed to")
    if signing.verify("draw", draw.jws, typ=STATEMENT_TYP) != draw.statement.encode() or said["rule"] != draw.rule:
        faults.append("the statement is not the one that was signed")
    if draw.randomness and found != list(places(bytes.fromhex(draw.randomness), tickets, rule_of(draw))):
        faults.append("the places are not what the seed gives")
    return faults


def _named(what: str, now: Iterable[str], before: Iterable[str]) -> list[str]:
    added = [f"{what} added after the commitment: {each}" for each in sorted(set(now) - set(before))]
    return added + [f"{what} gone since the commitment: {each}" for each in sorted(set(before) - set(now))]


def _source(draw: Draw, draw_at: datetime) -> tuple[int | None, datetime, dict[str, Any]]:
    """Return the round, its time, and what an outsider needs to check it."""
    if draw.source == PARTIES:
        return None, draw_at, facts_of_parties(draw.pk)
    beacon = beacons.beacon_of(draw.source)
    number = beacon.round_at(draw_at)
    return number, beacon.time_of(number), beacon.facts() | {"round": number}


def _statement(draw: Draw, source: dict[str, Any]) -> str:
    """Write down what is fixed, before anybody can know the seed: JSON with its members in alphabetical order."""
    said = {
        "about": draw.about,
        "committed_at": draw.committed_at,
        "draw": draw.pk,
        "draw_at": draw.draw_at,
        "order": ORDER,
        "rule": draw.rule,
        "source": source,
        "ticket_count": draw.ticket_count,
        "tickets_sha256": draw.tickets_sha256,
    }
    return msgspec.json.encode(said, order="sorted").decode()


def _seed(draw: Draw, beat: Beat | None) -> tuple[bytes, str]:
    """Return the seed and what proves it; :raises DrawWaits: while something is missing."""
    if draw.source == PARTIES:
        return combined(values_of(draw.pk)), ""
    if beat is None or beat.round != draw.round:
        raise DrawWaits
    return beacons.beacon_of(draw.source).verified(beat), beat.proof
