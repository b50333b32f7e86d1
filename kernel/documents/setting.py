"""Setting a document: the order to the press, and its limits."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import structlog
from django.conf import settings
from django.template.utils import get_app_template_dirs

from kernel.documents import press
from kernel.documents.fonts import font_folders
from kernel.problems import DomainError, _

HERE = Path(__file__).parent
ROOT = HERE / "root"  # all that a template can see beside itself
MOST_SECONDS = 20
MOST_MEMORY = 3 << 30
MOST_DATA = 4 << 20

_log = structlog.get_logger(__name__)


class DocumentsAway(DomainError):
    """No document can be set: a font is missing, or the press did not finish in its time."""

    code = "documents_away"
    status = 503
    is_kept = False
    title = _("ただいま書類を作成できません。しばらくしてからもう一度お試しください。")


class DocumentTooLarge(DomainError):
    """More data than one document may hold."""

    code = "document_too_large"
    status = 422
    title = _("書類が大きすぎます。期間を短くして、もう一度お試しください。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is to be set: a template by its name under an app's ``templates``, and what it says.

    ``title`` and ``language`` are what a screen reader tells first; ``at`` is the instant that the file bears, so that the same
    document is the same bytes.
    """

    template: str
    title: str
    language: str
    at: datetime
    data: Any


def typeset(document: Document) -> bytes:
    """Return the document as PDF/UA-1. This function will take some tenths of a second, in a process of its own.

    :raises DocumentTooLarge: for more than four megabytes of data; :raises DocumentsAway: where fonts are missing or time is over.
    """
    order = order_of(document)
    if len(order) > MOST_DATA:
        raise DocumentTooLarge
    try:
        done = subprocess.run(
            [sys.executable, "-I", press.__file__], input=order, capture_output=True, timeout=MOST_SECONDS + 5,
            check=False, env={"LANG": "C.UTF-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        _log.warning("document_timed_out", template=document.template)
        raise DocumentsAway(retry_after=60) from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        _log.error("document_not_set", template=document.template, fault=done.stderr[-500:].decode(errors="replace"))
        raise DocumentsAway(retry_after=60)
    return done.stdout


def order_of(document: Document) -> bytes:
    """Return what the press is told; :raises DocumentsAway: where a font is missing."""
    fonts, missing = font_folders()
    if missing:
        raise DocumentsAway(retry_after=600)
    lang, region = press.LANGUAGES[document.language[:2]]
    frame = {
        "title": document.title, "lang": lang, "region": region,
        "author": settings.CITY["name_ja" if lang == "ja" else "name_en"],
    }  # fmt: skip
    order = {
        "template": _source(document.template), "root": str(ROOT), "fonts": fonts, "frame": frame,
        "data": document.data, "at": int(document.at.timestamp()), "seconds": MOST_SECONDS, "memory": MOST_MEMORY,
    }  # fmt: skip
    return msgspec.json.encode(order)


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    folder = next(folder for folder in get_app_template_dirs("templates") if (Path(folder) / name).is_file())
    return (Path(folder) / name).read_text(encoding="utf-8")
