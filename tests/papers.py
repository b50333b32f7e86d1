"""Documents as a reader meets them: text, tags, fonts, and pages as pictures. Without the fonts from npm, tests say so and skip."""

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from kernel.documents import Document, order_of, press
from tests.places import ROOT

FONTS = ROOT / "static" / "node_modules" / "@expo-google-fonts"
needs_fonts = pytest.mark.skipif(
    not FONTS.is_dir() and not os.environ.get("CI"), reason="no fonts for documents: run npm ci in static/"
)


class Paper:
    """One PDF, opened."""

    def __init__(self, content: bytes) -> None:
        """Read it."""
        self.content = content
        self.reader = pypdf.PdfReader(io.BytesIO(content))
        self.root = self.reader.trailer["/Root"]

    @property
    def text(self) -> str:
        """Return the words of all pages."""
        return "\n".join(page.extract_text() for page in self.reader.pages)

    @property
    def language(self) -> str:
        return str(self.root["/Lang"])

    @property
    def title(self) -> str:
        return str(self.reader.metadata.title)

    def tags(self) -> list[str]:
        """Return the kinds of the structure tree, in reading order."""
        return [str(node["/S"]) for node in self._structure() if "/S" in node]

    def alternatives(self) -> list[str]:
        """Return what a screen reader says for pictures."""
        return [str(node["/Alt"]) for node in self._structure() if "/Alt" in node]

    def fonts_without_file(self) -> list[str]:
        """Return the fonts that are used and not embedded."""
        used = [font.get_object() for page in self.reader.pages for font in page["/Resources"]["/Font"].values()]
        assert used
        described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in used]
        files = ("/FontFile", "/FontFile2", "/FontFile3")
        return [str(each["/FontName"]) for each in described if not any(name in each for name in files)]

    def says_it_is_accessible(self) -> bool:
        """Tell whether the file claims PDF/UA-1 and shows its title in the window."""
        claims = b"pdfuaid:part>1<" in self.root["/Metadata"].get_data().replace(b" ", b"")
        return (
            claims
            and bool(self.root["/MarkInfo"]["/Marked"])
            and bool(self.root["/ViewerPreferences"]["/DisplayDocTitle"])
        )

    def _structure(self) -> Iterator[pypdf.generic.DictionaryObject]:
        waiting = [self.root["/StructTreeRoot"]["/K"]]
        while waiting:
            node = waiting.pop().get_object()
            if isinstance(node, pypdf.generic.ArrayObject):
                waiting += reversed(node)
            elif isinstance(node, pypdf.generic.DictionaryObject):
                yield node
                waiting += [node["/K"]] if "/K" in node else []


def pictures(document: Document, ppi: float = 144) -> list[bytes]:
    """Return the document's pages as PNG, by the same press."""
    pages = press.page_forms(json.loads(order_of(document)), "png", ppi)
    return pages if isinstance(pages, list) else [pages]


def keep(name: str, content: bytes, folder: str | None = os.environ.get("PAPERS")) -> None:
    """Leave a copy for who wants to look, in the folder that PAPERS names."""
    if folder:
        Path(folder, name).write_bytes(content)
