"""Watching what residents send one another: patterns that an officer should look at. Nothing is decided here.

Pure reckoning over transfers in one window; each rule is a few lines, with its threshold in :class:`Rules`. Sources and limits:
docs/algorithms/watch.md.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

MANY, UNDER_LIMIT, PASSED_ON, RING, GATHERED, SPREAD = "many", "under_limit", "passed_on", "ring", "gathered", "spread"
KINDS = (MANY, UNDER_LIMIT, PASSED_ON, RING, GATHERED, SPREAD)


@dataclass(frozen=True, slots=True)
class Sent:
    """One transfer: from whom to whom, how much, when."""

    id: UUID
    sender: UUID
    recipient: UUID
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Rules:
    """When a pattern is told. Amounts in yen; ``similar_percent``: the least that an amount of a ring keeps of another."""

    many_in: timedelta = timedelta(hours=1)
    many: int = 8
    near_percent: int = 90
    near_times: int = 3
    near_in: timedelta = timedelta(days=7)
    pass_in: timedelta = timedelta(minutes=30)
    pass_least: int = 5_000
    pass_percent: int = 90
    pass_times: int = 2
    ring_in: timedelta = timedelta(days=3)
    ring_least: int = 1_000
    ring_longest: int = 5
    similar_percent: int = 80
    fan_in: timedelta = timedelta(days=3)
    fan: int = 8
    per_send: int = 30_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One pattern: of which kind, about whom, and the transfers that show it, in time."""

    kind: str
    account: UUID
    transfers: tuple[Sent, ...]

    @property
    def key(self) -> str:
        """The same pattern found again has the same key: kind, whom, and where it begins."""
        return f"{self.kind}/{self.account}/{self.transfers[0].id}"


def watch(transfers: Sequence[Sent], rules: Rules) -> list[Finding]:
    """Return every pattern in these transfers, each once; the order does not depend on how they were handed in."""
    ordered = sorted(transfers, key=lambda each: (each.at, each.id.bytes))
    out, into = _by(ordered, "sender"), _by(ordered, "recipient")
    found = [
        *_bursts(MANY, out, rules.many_in, rules.many),
        *_bursts(UNDER_LIMIT, _near(out, rules), rules.near_in, rules.near_times),
        *_passed_on(out, into, rules),
        *_rings(ordered, out, rules),
        *_fans(GATHERED, into, rules, "sender"),
        *_fans(SPREAD, out, rules, "recipient"),
    ]
    return list({each.key: each for each in found}.values())


def _by(ordered: Sequence[Sent], end: str) -> dict[UUID, list[Sent]]:
    groups: dict[UUID, list[Sent]] = defaultdict(list)
    for each in ordered:
        groups[getattr(each, end)].append(each)
    return groups


def _near(out: dict[UUID, list[Sent]], rules: Rules) -> dict[UUID, list[Sent]]:
    """Keep sends just under the limit of one."""
    least = rules.per_send * rules.near_percent
    return {account: [each for each in rows if 100 * each.amount >= least] for account, rows in out.items()}


def _bursts(kind: str, groups: dict[UUID, list[Sent]], within: timedelta, times: int) -> Iterator[Finding]:
    """So many within so long: told once for each run, from its first to its last."""
    for account, rows in groups.items():
        begin = 0
        while begin + times <= len(rows):
            if rows[begin + times - 1].at - rows[begin].at > within:
                begin += 1
                continue
            end = begin + times
            while end < len(rows) and rows[end].at - rows[begin].at <= within:
                end += 1
            yield Finding(kind, account, tuple(rows[begin:end]))
            begin = end


def _passed_on(out: dict[UUID, list[Sent]], into: dict[UUID, list[Sent]], rules: Rules) -> Iterator[Finding]:
    """What came in went on within minutes, nearly whole, and more than once: a wallet that only passes on."""
    for account, rows in into.items():
        chain: list[Sent] = []
        sent = iter(out.get(account, ()))
        onward = next(sent, None)
        for came in rows:
            while onward is not None and onward.at < came.at:
                onward = next(sent, None)
            if onward is None:
                break
            is_soon = onward.at - came.at <= rules.pass_in and onward.recipient != came.sender
            if (
                came.amount >= rules.pass_least
                and is_soon
                and _are_similar(came.amount, onward.amount, rules.pass_percent)
            ):
                chain += [came, onward]
                onward = next(sent, None)
        if len(chain) >= 2 * rules.pass_times:
            yield Finding(PASSED_ON, account, tuple(chain))


def _rings(ordered: Sequence[Sent], out: dict[UUID, list[Sent]], rules: Rules) -> Iterator[Finding]:
    """Similar amounts that go round and come back within the window, by a search that only ever goes forward in time.

    Two people who pay each other back are no ring: it takes three.
    """
    told: set[frozenset[UUID]] = set()
    for first in ordered:
        if first.amount < rules.ring_least:
            continue
        ring = _round(first, out, rules)
        if ring is not None:
            members = frozenset(each.sender for each in ring)
            if members not in told:
                told.add(members)
                yield Finding(RING, first.sender, tuple(ring))


def _round(first: Sent, out: dict[UUID, list[Sent]], rules: Rules) -> list[Sent] | None:
    """Return the shortest way round that begins with this transfer."""
    paths = [[first]]
    for _ in range(rules.ring_longest - 1):
        paths = [[*path, onward] for path in paths for onward in _onward(path, out, rules)]
        closed = next((path for path in paths if path[-1].recipient == first.sender), None)
        if closed is not None:
            return closed
    return None


def _onward(path: list[Sent], out: dict[UUID, list[Sent]], rules: Rules) -> Iterator[Sent]:
    """Yield where a path goes on: later, of a similar amount, to somebody new or back to where it began, with three at least."""
    first, last = path[0], path[-1]
    for onward in out.get(last.recipient, ()):
        is_in_time = last.at <= onward.at <= first.at + rules.ring_in
        if not is_in_time or not _are_similar(first.amount, onward.amount, rules.similar_percent):
            continue
        if onward.recipient == first.sender:
            if len(path) > 1:
                yield onward
        elif all(onward.recipient != each.sender for each in path):
            yield onward


def _fans(kind: str, groups: dict[UUID, list[Sent]], rules: Rules, end: str) -> Iterator[Finding]:
    """Many different people to one, or one to many, within the window."""
    for account, rows in groups.items():
        for begin, first in enumerate(rows):
            window = [each for each in rows[begin:] if each.at - first.at <= rules.fan_in]
            if len({getattr(each, end) for each in window}) >= rules.fan:
                yield Finding(kind, account, tuple(window))
                break


def _are_similar(one: int, other: int, percent: int) -> bool:
    return 100 * min(one, other) >= percent * max(one, other)
