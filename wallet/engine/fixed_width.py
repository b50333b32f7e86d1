"""Records of fixed width as banks exchange them (全国銀行協会 制定フォーマット): bytes of JIS X 0201, a field at its place.

Numbers stand right, filled with zeros; text stands left, filled with spaces. A reading takes lines with or without a line's end,
also one long line, and the mark of the old end of file.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from wallet.engine.kana import WRITABLE
from wallet.errors import FileUnreadable, KanaUnwritable

CODEC = "cp932"  # its single bytes are JIS X 0201: 0x20-0x7E and, for kana, 0xA1-0xDF
END_OF_FILE = b"\x1a"


class Field(msgspec.Struct, frozen=True):
    """One field of a record: its name, how many bytes, whether it is a number, and what stands there unless something is said."""

    name: str
    size: int
    is_number: bool = False
    fixed: str = ""


def number(name: str, size: int, fixed: str = "") -> Field:
    """Return a field of digits."""
    return Field(name, size, is_number=True, fixed=fixed)


def text(name: str, size: int, fixed: str = "") -> Field:
    """Return a field of signs."""
    return Field(name, size, fixed=fixed)


Layout = Sequence[Field]


def write_record(layout: Layout, values: Mapping[str, str | int]) -> bytes:
    """Write one record; :raises KanaUnwritable: with the field where a value is too long or a sign may not stand there."""
    return b"".join(_written(field, str(values.get(field.name, field.fixed))) for field in layout)


def _written(field: Field, value: str) -> bytes:
    allowed = "0123456789" if field.is_number else WRITABLE
    for sign in value:
        if sign not in allowed:
            raise KanaUnwritable(field=field.name, sign=sign)
    if len(value) > field.size:
        raise KanaUnwritable(field=field.name, most=field.size)
    return (value.rjust(field.size, "0") if field.is_number else value.ljust(field.size)).encode(CODEC)


def read_record(layout: Layout, record: bytes, line: int) -> dict[str, str]:
    """Read one record into its fields as texts, the filling spaces taken off.

    :raises FileUnreadable: naming the line and field where the bytes are none of the alphabet, or a number is none.
    """
    values, place = {}, 0
    for field in layout:
        raw = record[place : place + field.size]
        place += field.size
        try:
            value = raw.decode(CODEC).rstrip(" ")
        except UnicodeDecodeError:
            raise FileUnreadable(line=line, field=field.name) from None
        if field.is_number and not (value == "" or (value.isascii() and value.strip().isdigit())):
            raise FileUnreadable(line=line, field=field.name)
        values[field.name] = value.strip() if field.is_number else value
    return values


def records(content: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield (line from 1, record) of a file whose records have ``size`` bytes.

    :raises FileUnreadable: at the first line of another length: the file was cut, or is of another kind.
    """
    for line, piece in pieces(content, size):
        if len(piece) != size:
            raise FileUnreadable(line=line, field="record")
        yield line, piece


def pieces(content: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield (line from 1, bytes) by the lines' ends or, without any, by ``size``; whoever reads on looks at the lengths."""
    content = content.rstrip(END_OF_FILE)
    if b"\n" in content or b"\r" in content:
        parts = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n").split(b"\n")
    else:
        parts = [content[place : place + size] for place in range(0, len(content), size)]
    yield from enumerate(parts, start=1)
