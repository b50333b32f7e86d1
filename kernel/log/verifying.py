"""The whole check of a log with a tree: rows against seals, leaves and nodes, all of them against the heads that the city signed.

Heads are kept twice, in the database and in files outside it. Who can write the database can rewrite rows, seals, tree and heads so
that they fit each other; they cannot sign, and they cannot reach the files.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import connection

from kernel import signing
from kernel.log import head_files
from kernel.log.damage import Damage
from kernel.log.heads import Head, read_head
from kernel.log.walking import Progress, Walk
from kernel.models import TreeHead

SHORTEST_KEEP_MONTHS = (
    36  # what the law asks of records of provision to third parties (APPI, article 29; rules, article 21)
)


class Report(msgspec.Struct, frozen=True):
    """What the check found: how many rows are sealed, how many are leaves, how many heads were checked, and every damage."""

    log: str
    sealed: int
    size: int
    heads: int
    root: str
    damages: list[Damage]


def verify_tree(log: str, *, at: datetime, progress: Progress = lambda _done, _all: None) -> Report:
    """Check everything; reads a stretch at a time. :raises LookupError: for a log without a tree."""
    heads, damages = _heads(log)
    walk = Walk(log, heads)
    walk.go(progress)
    verdict = _Verdict(walk, heads)
    damages += [*verdict.damages(), *_taken_early(walk, heads, at=at)]
    return Report(log, walk.state.last_seq, walk.state.size, len(heads), walk.root.hex(), damages)


class _Verdict:
    """Holds what was found on the way against the heads: they tell which of two was changed, and what fits only itself."""

    def __init__(self, walk: Walk, heads: list[Head]) -> None:
        self._walk = walk
        self._heads = sorted(heads, key=lambda head: (head.size, head.at))

    def damages(self) -> list[Damage]:
        found = [self._classified(each) for each in self._walk.damages]
        cut = self._tail_cut(found)
        if cut is not None:
            found = [each for each in found if not _is_missing_tail(each, self._walk.state.end)]
        elif not found and not self._own_head_fits():
            last = self._walk.state.head_seq
            found = [Damage("seal_changed", last, last, detail="the log's own head does not fit its last seal")]
        rewritten = self._rewritten(found)
        return found + [each for each in (cut, rewritten) if each is not None]

    def _classified(self, found: Damage) -> Damage:
        covering = next((head for head in self._heads if head.size >= found.last > 0), None)
        if covering is None or covering.size not in self._walk.roots:
            return found
        fits_rows, fits_leaves = (bytes.fromhex(covering.root) == root for root in self._walk.roots[covering.size])
        kind = found.kind
        if kind == "row_differs" and fits_rows != fits_leaves:
            kind = "leaf_changed" if fits_rows else "row_changed"
        if kind == "seal_changed" and not fits_rows and not fits_leaves:
            kind = "row_changed"
        return msgspec.structs.replace(found, kind=kind)

    def _tail_cut(self, found: list[Damage]) -> Damage | None:
        """Return the cut: seals are missing up to the end, or a head has signed more leaves than there are."""
        state = self._walk.state
        remain = next((each.first - 1 for each in found if _is_missing_tail(each, state.end)), state.end)
        if any(head.size > state.size for head in self._heads):
            remain = min(remain, state.size)
        if remain == state.end and all(head.size <= remain for head in self._heads):
            return None
        lost = [head for head in self._heads if head.size > remain]
        signed = f"the head of {lost[0].at:%Y-%m-%d %H:%M} UTC signed {lost[0].size}, but " if lost else ""
        last = max(state.end, *(head.size for head in lost), remain + 1)
        return Damage("tail_cut", remain + 1, last, detail=f"{signed}only {remain} remain")

    def _own_head_fits(self) -> bool:
        state = self._walk.state
        return state.head_seq == state.last_seq and self._walk.last_hash in (b"", state.head_hash)

    def _rewritten(self, found: list[Damage]) -> Damage | None:
        """Return the stretch before the first head that fits neither rows nor leaves, where nothing else explains it."""
        good = 0
        for head in self._heads:
            roots = self._walk.roots.get(head.size)
            if roots is None:
                return None
            if bytes.fromhex(head.root) not in roots:
                if any(good < each.last and each.first <= head.size for each in found):
                    return None
                signed = f"the head of {head.at:%Y-%m-%d %H:%M} UTC signed other contents"
                return Damage("history_rewritten", good + 1, head.size, detail=signed)
            good = head.size
        return None


def _is_missing_tail(found: Damage, end: int) -> bool:
    return found.kind == "seal_missing" and found.last == end


def _heads(log: str) -> tuple[list[Head], list[Damage]]:
    """Return the heads that the city signed, from database and files, and what is wrong with either."""
    keys, planted = signing.made_here("log")
    damages = [Damage("key_planted", detail=f"named {kid}") for kid in planted]
    in_rows, in_files = [], []
    for row in TreeHead.objects.filter(log=log).order_by("at", "id").iterator():
        head = _read(row.jws, keys)
        if head is None:
            damages.append(Damage("head_forged", detail=f"of {row.at:%Y-%m-%d %H:%M} UTC in the database"))
            continue
        in_rows.append(head)
        if (row.log, row.size, row.root, row.at, row.day) != (head.log, head.size, head.root, head.at, head.day):
            damages.append(Damage("head_changed", detail=f"of {head.at:%Y-%m-%d %H:%M} UTC in the database"))
    for where, jws in _lines():
        head = _read(jws, keys)
        if head is None:
            damages.append(Damage("head_forged", detail=where))
        elif head.log == log:
            in_files.append(head)
    for missing, where in ((set(in_rows) - set(in_files), "files"), (set(in_files) - set(in_rows), "database")):
        damages += _missing(missing, where)
    return sorted({*in_rows, *in_files}, key=lambda head: head.at), damages


def _lines() -> Iterator[tuple[str, str]]:
    for day in head_files.days():
        for number, jws in enumerate(head_files.lines(day), start=1):
            yield f"in line {number} of the file of {day}", jws


def _read(jws: str, keys: list[dict[str, Any]]) -> Head | None:
    try:
        return read_head(jws, among=keys)
    except signing.SignatureInvalid:
        return None


def _missing(heads: set[Head], where: str) -> list[Damage]:
    if not heads:
        return []
    first, last = min(head.at for head in heads), max(head.at for head in heads)
    span = f"of {first:%Y-%m-%d %H:%M} UTC" if first == last else f"{len(heads)} of {first:%Y-%m-%d} to {last:%Y-%m-%d}"
    return [Damage("head_missing", detail=f"{span}, in the {where}")]


def _taken_early(walk: Walk, heads: list[Head], *, at: datetime) -> list[Damage]:
    """Retention takes whole months, none that is younger than the log's time, and no row that came after a later head."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kept_from > date_trunc('month', %s, 'UTC') - make_interval(months => keep_months) OR keep_months < %s,"
            " CASE WHEN isfinite(kept_from) THEN kept_from END FROM kernel_log WHERE name = %s",
            [at, SHORTEST_KEEP_MONTHS, walk.log],
        )
        is_early, kept_from = cursor.fetchone()
    taken = walk.state.anchor_seq
    later = [head for head in heads if kept_from is None or head.at > kept_from + timedelta(hours=1)]
    untimely = [head.size for head in later if head.size < taken]
    if is_early or untimely:
        return [Damage("taken_early", (min(untimely) if untimely else 0) + 1, max(taken, 1))]
    return []
