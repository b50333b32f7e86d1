"""Arrays and a head in one run of bytes, each array where eight divides its place, so that a mapped file can be read as it lies."""

from collections.abc import Mapping

import msgspec
import numpy as np

from mobility.engine.timetable.arrays import Array

MAGIC = b"machi-fares-1\0\0\0"
ALIGNED = 8


class _Place(msgspec.Struct, frozen=True, array_like=True):
    name: str
    kind: str
    begin: int
    length: int


class _Head(msgspec.Struct, frozen=True, array_like=True):
    told: bytes
    places: list[_Place]


def pack(told: bytes, arrays: Mapping[str, Array]) -> bytes:
    """Return both as bytes; ``arrays`` have one dimension."""
    places, pieces, begin = [], [], 0
    for name, array in arrays.items():
        data = array.tobytes()
        places.append(_Place(name, array.dtype.str, begin, len(array)))
        pieces.append(_filled(data))
        begin += len(pieces[-1])
    head = msgspec.msgpack.encode(_Head(told, places))
    return b"".join((MAGIC, len(head).to_bytes(ALIGNED, "little"), _filled(head), *pieces))


def unpack(data: bytes | memoryview) -> tuple[bytes, dict[str, Array]]:
    """Return the head and the arrays, which lie in ``data`` itself. :raises ValueError: for bytes that were not packed here."""
    view = memoryview(data)
    if view[: len(MAGIC)] != MAGIC:
        raise ValueError("these bytes hold no fares")
    begin = len(MAGIC) + ALIGNED
    length = int.from_bytes(view[len(MAGIC) : begin], "little")
    try:
        head = msgspec.msgpack.decode(view[begin : begin + length], type=_Head)
    except msgspec.DecodeError as error:
        raise ValueError(f"these bytes hold no fares: {error}") from None
    begin += length + -length % ALIGNED
    return head.told, {
        each.name: np.frombuffer(view, np.dtype(each.kind), each.length, begin + each.begin) for each in head.places
    }


def _filled(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % ALIGNED)
