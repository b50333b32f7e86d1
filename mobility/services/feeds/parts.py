"""What other subjects lay beside the timetable when a network is made, and find again wherever it is opened."""

from collections.abc import Mapping
from typing import Any, Protocol

from mobility.engine.gtfs.feed import Feed
from mobility.engine.gtfs.storing import Stored

Files = Mapping[str, Mapping[str, bytes]]
"""By member feed, in the order of ``feed.directory.members``: its text files by name."""


class Part(Protocol):
    """One subject's part of a network, by name (``fares``)."""

    name: str

    def build(self, network: Feed, files: Files) -> Stored:
        """Make the part from the merged feed and the files it was made of; it runs once a release."""
        ...

    def open(self, given: Stored) -> Any:
        """Return the part as a search wants it; it runs once a process, over arrays that all processes share."""
        ...


PARTS: tuple[Part, ...] = ()
