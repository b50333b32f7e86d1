"""The trees that grow over sealed logs: leaf ``n`` is the row with seal ``n + 1``, so that its place is known and never changes.

The database keeps the complete subtrees; roots and proofs of any size are put together from a logarithm of them, in one query.
"""

from collections.abc import Iterable

import msgspec
from django.db import connection

from kernel.log import sealing, tree
from kernel.log.tree import Node, Span
from kernel.problems import DomainError, _

WITH_TREE = ("kernel_access_log",)
BATCH = 10_000


class LogInDoubt(DomainError):
    """The tree is not what the city signed, or a part of it is missing; ``manage.py verify_consent_log`` says what was done."""

    code = "log_in_doubt"
    status = 409
    is_kept = False
    title = _("いまの記録が、以前に署名した記録と合いません。市が調べています。")


class Proof(msgspec.Struct, frozen=True):
    """What proves something of a tree: the root of the size asked for, and the hashes of the spans beside the way."""

    root: bytes
    path: list[bytes]


def grow(log: str) -> int:
    """Make leaves of what is sealed and none yet, at most ten thousand, and return how many.

    Another grower at work, or a row that is not what was sealed: none.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_grow_tree(%s, %s)", [log, BATCH])
        return int(cursor.fetchone()[0])


def seal_and_grow() -> bool:
    """Seal a batch of every log and let the trees follow; tell whether more may wait."""
    has_more = sealing.seal_all()
    return BATCH in [grow(log) for log in WITH_TREE] or has_more


def grow_fully(log: str) -> None:
    """Let a tree follow to the last seal."""
    while grow(log) == BATCH:
        pass


def size(log: str) -> int:
    """Return how many leaves the tree has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_tree_size(%s)", [log])
        return int(cursor.fetchone()[0])


def root(log: str, size: int) -> bytes:
    """Return the root of the tree's first ``size`` leaves; :raises LogInDoubt: where a subtree is missing."""
    return _hashes(log, [Span(0, size)])[0]


def inclusion(log: str, index: int, size: int) -> Proof:
    """Return the proof that leaf ``index`` stands in the tree of ``size``; :raises LogInDoubt: where a subtree is missing."""
    whole, *path = _hashes(log, [Span(0, size), *tree.inclusion_spans(index, size)])
    return Proof(whole, path)


def inclusions(log: str, indexes: Iterable[int], size: int) -> dict[int, list[bytes]]:
    """Return the paths of many leaves in the tree of ``size``, in one query; :raises LogInDoubt: where a subtree is missing."""
    ways = {index: tree.inclusion_spans(index, size) for index in indexes}
    spans = list({span for way in ways.values() for span in way})
    hashes = dict(zip(spans, _hashes(log, spans), strict=True))
    return {index: [hashes[span] for span in way] for index, way in ways.items()}


def consistency(log: str, first: int, second: int) -> Proof:
    """Return the proof that the tree of ``second`` begins with that of ``first``; :raises LogInDoubt: as above."""
    whole, *path = _hashes(log, [Span(0, second), *tree.consistency_spans(first, second)])
    return Proof(whole, path)


def _hashes(log: str, spans: list[Span]) -> list[bytes]:
    kept = _kept(log, {node for span in spans for node in span.nodes})
    try:
        return [span.hash_from(kept) for span in spans]
    except KeyError as missing:
        node: Node = missing.args[0]
        reason = f"A part of the tree is missing: level {node.level}, index {node.position}."
        raise LogInDoubt(reason=reason) from None


def _kept(log: str, nodes: Iterable[Node]) -> dict[Node, bytes]:
    wanted = list(nodes)
    levels, indexes = [node.level for node in wanted], [node.position for node in wanted]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT level, index, hash FROM kernel_tree_nodes(%s, %s::int[], %s::bigint[])", [log, levels, indexes]
        )
        return {Node(level, index): bytes(found) for level, index, found in cursor.fetchall()}
