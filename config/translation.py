"""What translators need: every text gathered from code and templates, the catalogues brought in line with them, one compiled."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config.texts import LOCALE, catalogues

ROOT = LOCALE.parent.parent
FOLDERS = ("config", "kernel", "cityos", "accounts", "wallet", "mobility", "health", "procedures", "disaster")
KEYWORDS = ("_", "gettext", "gettext_lazy", "gettext_noop")
METHODS = [("**/migrations/**", "ignore"), ("**.py", "python"), ("**/templates/**", "config.translation:from_template")]
HEADER = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def gather() -> Catalog:
    """Return every text in code and templates, in the source language."""
    found = Catalog()
    for folder in (ROOT / name for name in FOLDERS if (ROOT / name).is_dir()):
        texts = extract_from_dir(folder, METHODS, keywords=dict.fromkeys(KEYWORDS), comment_tags=("Translators:",))
        for file, _line, message, comments, context in texts:
            found.add(message, None, [(f"{folder.name}/{file}", 0)], auto_comments=comments, context=context)
    return found


def update_texts() -> None:
    """Bring every catalogue in line with the code. This function will keep translations, leave gaps and drop what is unused."""
    gathered = gather()
    for source in catalogues():
        catalogue = read(source)
        catalogue.update(gathered, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        written = BytesIO()
        write_po(written, catalogue, width=120, omit_header=True, sort_output=True, include_lineno=False)
        source.write_bytes(HEADER + written.getvalue())


def read(source: Path) -> Catalog:
    """Read one language's catalogue; easy Japanese counts as Japanese does."""
    language = source.parent.parent.name
    with source.open("rb") as file:
        return read_po(file, locale="ja" if language.startswith("ja") else language)


def compile_one(source: Path) -> None:
    """Compile one catalogue beside itself, whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=source.parent, delete=False) as half:
        write_mo(half, read(source))
    Path(half.name).chmod(0o644)
    Path(half.name).replace(source.with_suffix(".mo"))


def from_template(file: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Gather a Django template's texts (Babel's protocol of extractors)."""
    code = templatize(file.read().decode())
    yield from extract_python(BytesIO(code.encode()), keywords, comment_tags, options)
