"""What is taken for a photo or scan: the real build of one, never a name or a promise."""

import zlib
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from tests.wallet.merchants.applying import png
from wallet.engine.scans import media_of


def photo(kind: str, size: tuple[int, int] = (64, 48), **said: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (120, 80, 40)).save(out, kind, **said)
    return out.getvalue()


def scan(*, script: str = "", attachment: bytes = b"", password: str = "") -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if attachment:
        writer.add_attachment("a.exe", attachment)
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()


def packed(objects: bytes) -> bytes:
    """Pack objects as a newer PDF does, where nobody reads them by looking."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    stream = StreamObject()
    stream.set_data(objects)
    stream[NameObject("/Type")] = NameObject("/ObjStm")
    writer._add_object(stream.flate_encode())
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (photo("JPEG"), "image/jpeg"),
        (photo("JPEG", progressive=True), "image/jpeg"),
        (photo("PNG"), "image/png"),
        (png(), "image/png"),
        (scan(), "application/pdf"),
        (packed(b"1 0 << /Type /Page >>"), "application/pdf"),
    ],
)
def test_photos_and_scans_are_known_by_their_build(content: bytes, media: str) -> None:
    assert media_of(content) == media


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        photo("GIF"),
        photo("WEBP"),
        photo("JPEG")[:200],
        photo("PNG")[:-5],
        photo("PNG") + b"PK\x03\x04",
        photo("PNG").replace(b"IDAT", b"IDAX"),
        photo("JPEG", (8, 8)),
        png(9_000, 9_000),
        b"<html><script>alert(1)</script>",
        b"GIF89a" + photo("PNG"),
        scan()[:-300],
        scan(script="app.alert(1)"),
        scan(attachment=b"MZ"),
        scan(password="secret"),
        scan().replace(b"/Pages", b"/Pages /#4aavaScript 3 0 R", 1),
        packed(b"1 0 << /S /JavaScript /JS (app.alert) >>"),
        b"%PDF-1.4\n" + zlib.compress(b"x"),
    ],
)
def test_everything_else_is_refused(content: bytes) -> None:
    assert media_of(content) is None
