"""A person's access log as the person takes it home: whole, in words, and with what proves each entry to anybody."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import msgspec

from accounts.engine.archive import json_of
from accounts.selectors.accesses import SeenAccess, seen
from kernel import signing
from kernel.access import access, record
from kernel.clock import JST
from kernel.contributions import ExportPart
from kernel.models import TreeHead
from kernel.problems import _
from kernel.spreadsheets import csv_pieces

PAGE = 1_000
HEADER = (_("日時"), _("見た人"), _("目的"), _("データの種類"), _("理由"), _("番号"))
_LAST = UUID(int=2**128 - 1)


class EntryProof(msgspec.Struct, frozen=True):
    """One line: the text that was sealed, its place among the leaves, and the path to the head's root (RFC 9162, 2.1.3).

    Without a path: it is newer than the head; the next copy has it.
    """

    canonical: str
    index: int | None
    path: list[str] | None


def log_parts(me: UUID, *, head: TreeHead | None, at: datetime) -> Iterator[ExportPart]:
    """Return the log until ``at`` as a table and as proofs, the head that they lead to, and the city's public keys.

    Both are read a page at a time. Each page is a reading itself; the next copy shows it.
    """
    size = head.size if head is not None else 0
    yield ExportPart(
        "accounts/access_log.csv",
        csv_pieces([str(each) for each in HEADER], ([_row(each) for each in page] for page in _in_words(me, at))),
        _("見られた記録（表）"),
    )
    yield ExportPart("accounts/access_log.jsonl", _proofs(me, at, size), _("見られた記録の証明"))
    if head is not None:
        yield ExportPart("accounts/log_head.jws", head.jws.encode(), _("市が署名した記録の先頭"))
    yield ExportPart("accounts/city_keys.json", json_of(signing.public_keys("log", "consent")), _("市の公開鍵"))


def _in_words(me: UUID, until: datetime) -> Iterator[list[SeenAccess]]:
    before = (until, _LAST)
    while True:
        with access(purpose=record.PURPOSE, actor=me, subject=me, classes=[record.DATA_CLASS]) as opened:
            page = seen(opened, [each.entry for each in record.recorded(opened, before=before, limit=PAGE, size=0)])
        yield page
        if len(page) < PAGE:
            return
        before = (page[-1].at, page[-1].id)


def _proofs(me: UUID, until: datetime, size: int) -> Iterator[bytes]:
    before = (until, _LAST)
    while True:
        with access(purpose=record.PURPOSE, actor=me, subject=me, classes=[record.DATA_CLASS]) as opened:
            page = record.recorded(opened, before=before, limit=PAGE, size=size)
        lines = [EntryProof(each.canonical, each.index, each.path) for each in page]
        yield msgspec.json.Encoder().encode_lines(lines)
        if len(page) < PAGE:
            return
        before = (page[-1].entry.recorded_at, page[-1].entry.id)


def _row(each: SeenAccess) -> list[str]:
    return [
        f"{each.at.astimezone(JST):%Y-%m-%d %H:%M:%S}", each.who.name, each.purpose.words,
        str(_("・")).join(data.words for data in each.classes), each.reason, str(each.id),
    ]  # fmt: skip
