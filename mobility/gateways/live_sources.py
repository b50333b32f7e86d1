"""How a source of running data is opened: over the net, or, in a demo city, by twins that make up what runs there.

A twin is known by its address: ``demo:mihon-bus/trip_updates`` is opened by whoever was registered for demo addresses.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.conf import settings

from mobility.gateways.fetching import FetchRefused, Known, Limits, fetch

DEMO = "demo:"
WHOLE_S = 15.0
Twin = Callable[[str], bytes]
"""Opens a demo address: its path, without ``demo:``; raises :class:`FetchRefused` where it has nothing there."""


class Source(NamedTuple):
    """An address, and what goes with the request."""

    url: str
    headers: Mapping[str, str]


_twins: dict[str, Twin] = {}


def open_source(source: Source) -> bytes:
    """Return what stands at an address now; :raises FetchRefused:"""
    if source.url.startswith(DEMO):
        path = source.url.removeprefix(DEMO)
        twin = _twins.get(path.partition("/")[0]) or _twins.get("")
        if twin is None:
            raise FetchRefused("silent", DEMO)
        return twin(path)
    told = settings.LIVE
    limits = Limits(told["most_bytes"], settings.FEEDS["from_private"], WHOLE_S)
    content = fetch(source.url, Known(), limits, source.headers).content
    if content is None:
        raise FetchRefused("status", "304")
    return content


def register_twin(twin: Twin, first: str = "") -> None:
    """Take whoever makes up what runs in the demo city: for paths that begin with ``first/``, or all that nobody else opens."""
    _twins[first] = twin


def withdraw_twin(first: str = "") -> None:
    """Let go of a twin."""
    _twins.pop(first, None)
