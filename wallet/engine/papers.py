"""Which paper an address stands for: written into what is signed, read back when the address is used."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

AREA = "wallet.papers"
Kind = Literal["statement", "shop_statement", "stickers", "shop_day", "settlement_notice"]


class Paper(msgspec.Struct, frozen=True, array_like=True):
    """A kind of document, whose it is (an account or a shop), of when, and in which language."""

    kind: Kind
    about: UUID
    when: Annotated[str, msgspec.Meta(max_length=40)]
    language: Annotated[str, msgspec.Meta(max_length=10)]


def write(paper: Paper) -> str:
    """Return what is signed."""
    return f"{AREA}/{msgspec.json.encode(paper).decode()}"


def read(subject: str) -> Paper | None:
    """Return the paper, None where something else was signed."""
    area, _slash, coded = subject.partition("/")
    try:
        return msgspec.json.decode(coded, type=Paper) if area == AREA else None
    except msgspec.MsgspecError:
        return None
