"""What travels on the city's Redis channel: one message, encoded once, for every process."""

from functools import lru_cache

import msgspec
from django.conf import settings
from redis.connection import parse_url

EVERY_TOPIC = "*"
TOUCHED = "?"
PERSON_TOPIC = "person:"


class Envelope(msgspec.Struct, frozen=True, array_like=True):
    """A topic and the event as the JSON that sockets get.

    On ``EVERY_TOPIC`` all sockets ask for fresh snapshots; on ``TOUCHED`` the event is marks by topic, read where watched; on
    a person's topic their sockets ask again what they may hear.
    """

    topic: str
    event: bytes = b""


encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Envelope).decode
decode_marks = msgspec.msgpack.Decoder(dict[str, str]).decode


def event_json(kind: str, data: object) -> bytes:
    """Return the event's JSON, ``{"type": …, "data": …}``."""
    return msgspec.json.encode({"type": kind, "data": data})


@lru_cache(maxsize=1)
def channel() -> str:
    """Return the city's channel; Redis shares channels between its numbered databases, so the number is in the name."""
    number = parse_url(settings.REDIS_URL).get("db") or 0  # type: ignore[no-untyped-call]
    return f"machi:feeds:{settings.CITY['code']}:{number}"
