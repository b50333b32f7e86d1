"""How vehicles run today, as boards need to know it; whoever has live news answers this, and without any nobody does."""

from datetime import date
from typing import Protocol

from mobility.engine.timetable import Lanes


class Running(Protocol):
    """The timetable with what is known of today laid over it (:class:`mobility.engine.live.Overlay`).

    Trips that the timetable does not know are numbered behind its own.
    """

    def lanes(self, day: date, *, is_mirrored: bool = False) -> Lanes:
        """Return the lanes of a day as they run."""
        ...

    def row(self, trip: int, day: date) -> int | None:
        """Return by which number a trip of a service day is told of; None where nobody tells how it runs."""
        ...
