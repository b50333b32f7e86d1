"""Three parties make the seed together, without any network: hashes first, values after.

Each party draws 32 random bytes, splits them into two halves by exclusive or, and publishes three hashes. The next party keeps the
first half, the one after the second; a half alone says nothing. Only when all six halves lie where they belong and fit their
hashes can the list be fixed. Then each says its value. Who stays silent gains nothing by it: from its deadline on the other two put
the halves together, and the seed is the same as if it had spoken.

As long as two of three are honest nobody can choose or know the seed beforehand; with two who conspire no protocol can be fair
(R. Cleve, *Limits on the Security of Coin Flips when Half the Processors are Faulty*, STOC 1986).
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from kernel.draw.errors import DrawNotCommitted, DrawNotOpen, DrawWaits, PartiesNotReady, ValueUntrue
from kernel.draw.reckoning import whole_of
from kernel.models import Draw, DrawParty, DrawState
from kernel.problems import NotFound
from kernel.use_case import Act

PARTIES = "parties"
COUNT = 3
_HEX = re.compile(r"[0-9a-f]{64}")


class Party(msgspec.Struct, frozen=True):
    """What a party publishes first: who it is, and the hashes of its value and of both halves."""

    name: str
    value_sha256: str
    half_1_sha256: str
    half_2_sha256: str


def name_parties(act: Act, draw_id: UUID, parties: Sequence[Party]) -> None:
    """Write down the three and their hashes; while the list is not fixed they may be named anew. Locks: the draw.

    :raises DrawNotOpen: :raises PartiesNotReady: for another number than three, one named twice, or a hash that is none.
    """
    draw = _locked(draw_id)
    if draw.state != DrawState.OPEN or draw.source != PARTIES:
        raise DrawNotOpen
    hashes = [each for party in parties for each in (party.value_sha256, party.half_1_sha256, party.half_2_sha256)]
    is_whole = all(_HEX.fullmatch(each) for each in hashes) and len(set(hashes)) == COUNT * 3
    if len({party.name for party in parties}) != COUNT or len(parties) != COUNT or not is_whole:
        raise PartiesNotReady
    DrawParty.objects.filter(draw=draw).delete()
    for number, party in enumerate(parties, start=1):
        DrawParty.objects.create(draw=draw, number=number, **msgspec.structs.asdict(party))


def keep_half(act: Act, draw_id: UUID, *, number: int, half: int) -> None:
    """Note that a party's half lies with whom it belongs to, who has compared its hash. :raises DrawNotOpen: :raises NotFound:"""
    draw = _locked(draw_id)
    if draw.state != DrawState.OPEN:
        raise DrawNotOpen
    party = _party(draw, number)
    if half not in (1, 2):
        raise NotFound
    DrawParty.objects.filter(draw=draw, number=party.number).update(**{f"half_{half}_kept_at": act.at})


def reveal(act: Act, draw_id: UUID, *, number: int, value: bytes) -> None:
    """Take a party's value; it stays as it was fixed. :raises DrawNotCommitted: :raises ValueUntrue: for another than was fixed."""
    _take(act, draw_id, number, value)


def recover(act: Act, draw_id: UUID, *, number: int, halves: tuple[bytes, bytes]) -> None:
    """Put a silent party's value together from the halves that the others kept, once its time is over.

    :raises DrawNotCommitted: :raises DrawWaits: before the deadline; :raises ValueUntrue: for a half that does not fit.
    """
    draw = _locked(draw_id)
    if draw.state != DrawState.COMMITTED or draw.draw_at is None:
        raise DrawNotCommitted
    if act.at < draw.draw_at:
        raise DrawWaits(not_before=draw.draw_at.isoformat())
    party = _party(draw, number)
    fits = [hashlib.sha256(half).hexdigest() for half in halves] == [party.half_1_sha256, party.half_2_sha256]
    if not fits or len(halves[0]) != len(halves[1]):
        raise ValueUntrue
    _take(act, draw_id, number, whole_of(halves), is_recovered=True)


def _take(act: Act, draw_id: UUID, number: int, value: bytes, *, is_recovered: bool = False) -> None:
    draw = _locked(draw_id)
    if draw.state != DrawState.COMMITTED:
        raise DrawNotCommitted
    party = _party(draw, number)
    if hashlib.sha256(value).hexdigest() != party.value_sha256:
        raise ValueUntrue
    if party.value is None:
        DrawParty.objects.filter(draw=draw, number=number).update(
            value=value, revealed_at=act.at, is_recovered=is_recovered
        )


def parties_of(draw_id: UUID) -> list[DrawParty]:
    """Return the three in order."""
    return list(DrawParty.objects.filter(draw_id=draw_id).order_by("number"))


def facts_of_parties(draw_id: UUID) -> dict[str, Any]:
    """Return what the three have fixed; :raises PartiesNotReady: until all six halves are kept."""
    parties = parties_of(draw_id)
    if len(parties) != COUNT or not all(party.half_1_kept_at and party.half_2_kept_at for party in parties):
        raise PartiesNotReady
    fixed = ("name", "value_sha256", "half_1_sha256", "half_2_sha256")
    return {"kind": PARTIES, "parties": [{name: getattr(party, name) for name in fixed} for party in parties]}


def values_of(draw_id: UUID) -> list[bytes]:
    """Return the three values; :raises DrawWaits: while one is missing."""
    values = [bytes(party.value) for party in parties_of(draw_id) if party.value is not None]
    if len(values) != COUNT:
        raise DrawWaits
    return values


def _locked(draw_id: UUID) -> Draw:
    draw = Draw.objects.select_for_update().filter(pk=draw_id).first()
    if draw is None:
        raise NotFound
    return draw


def _party(draw: Draw, number: int) -> DrawParty:
    party = DrawParty.objects.filter(draw=draw, number=number).first()
    if party is None:
        raise NotFound
    return party
