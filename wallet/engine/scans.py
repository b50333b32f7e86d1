"""Photos and scans that somebody hands in: what a file really is, whatever it is called, and whether an officer may open it.

Only the bytes are believed. A JPEG or PNG must have the build of one and a size that a browser can draw; a PDF must end as one,
be readable without a password and bring nothing that acts by itself (ISO 32000-2: JavaScript, Launch, embedded files).
"""

import re
import zlib
from collections.abc import Iterator
from struct import unpack
from typing import Literal

Media = Literal["image/jpeg", "image/png", "application/pdf"]
MEDIA: tuple[Media, ...] = ("image/jpeg", "image/png", "application/pdf")
ENDINGS: dict[str, str] = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 60_000_000
LEAST_SIDE = 16

_PNG = b"\x89PNG\r\n\x1a\n"
_SIZES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})  # SOF of every kind
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ACTS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|Encrypt|RichMedia|XFA)(?![A-Za-z])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST_UNPACKED = 8 * 1024 * 1024


def media_of(content: bytes) -> Media | None:
    """Return what a file is; None for everything that is not taken, a damaged one among it."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg" if _is_drawable(_jpeg_size(content)) and b"\xff\xd9" in content[-65_536:] else None
    if content.startswith(_PNG):
        return "image/png" if _is_drawable(_png_size(content)) else None
    if re.match(rb"%PDF-[12]\.\d", content):
        return "application/pdf" if b"%%EOF" in content[-1024:] and not _acts(content) else None
    return None


def _is_drawable(size: tuple[int, int] | None) -> bool:
    return size is not None and min(size) >= LEAST_SIDE and size[0] * size[1] <= MOST_PIXELS


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height as the frame says them (ITU-T T.81, B.2.2)."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF or marker in _BARE:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = unpack(">H", content[at + 2 : at + 4])
        if marker in _SIZES:
            height, width = unpack(">HH", content[at + 5 : at + 9])
            return width, height
        if length < 2 or marker == 0xDA:
            return None
        at += 2 + length
    return None


def _png_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height where all chunks are whole, from the head to the end and nothing after it (ISO 15948)."""
    at, size = len(_PNG), None
    while at + 12 <= len(content):
        length, name = unpack(">I4s", content[at : at + 8])
        body, at = content[at + 8 : at + 8 + length], at + 12 + length
        if at > len(content) or unpack(">I", content[at - 4 : at])[0] != zlib.crc32(name + body):
            return None
        if name == b"IHDR" and size is None and length == 13:
            size = unpack(">II", body[:8])
        if name == b"IEND":
            return size if at == len(content) else None
    return None


def _acts(content: bytes) -> bool:
    """Tell whether a PDF is locked or brings something that acts, also inside its packed objects."""
    return any(_ACTS.search(_ESCAPE.sub(_sign, part)) for part in _objects(content))


def _sign(escaped: re.Match[bytes]) -> bytes:
    return bytes([int(escaped[1], 16)])  # a name may be written with #xx for a letter


def _objects(content: bytes) -> Iterator[bytes]:
    """Yield what holds objects: everything outside streams, and the streams that pack objects."""
    yield _STREAM.sub(b" ", content)
    for found in _STREAM.finditer(content):
        if b"/ObjStm" in content[max(0, found.start() - 400) : found.start()]:
            try:
                yield zlib.decompressobj().decompress(found[1], _MOST_UNPACKED)
            except zlib.error:
                yield found[1]  # packed in another way, or not at all
