"""Live: what sources say of vehicles under way, held against the timetable and laid over it."""

from mobility.engine.live.catalogue import Catalogue
from mobility.engine.live.changes import OWN, Changes, no_changes, packed, unpacked
from mobility.engine.live.matching import Gathering, Matched
from mobility.engine.live.overlay import Overlay, Times, overlaid, planned_times

__all__ = [
    "OWN", "Catalogue", "Changes", "Gathering", "Matched", "Overlay", "Times", "no_changes", "overlaid", "packed",
    "planned_times", "unpacked",
]  # fmt: skip
