"""What stands on the vehicles: each different text once, with its translations, and trips and calls point to it by number."""

from collections.abc import Mapping

import numpy as np

from mobility.engine.gtfs.tables import Table
from mobility.engine.gtfs.translations import Translations
from mobility.engine.timetable.arrays import I32, Array


class Signs:
    """The signs found so far; sign 0 is blank."""

    def __init__(self, told: Translations) -> None:
        """Begin with the blank one."""
        self.texts: list[str] = [""]
        self.others: dict[str, dict[int, str]] = {}
        self._told = told
        self._index: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {("", ()): 0}

    def of_trips(self, table: Table) -> Array:
        """Return the sign of each row of trips.txt."""
        return self._of(table, ("trips", "trip_headsign"), "")

    def of_calls(self, table: Table) -> Array:
        """Return the sign of each row of stop_times.txt, 0 where it is the trip's."""
        return self._of(table, ("stop_times", "stop_headsign"), "stop_sequence")

    def _of(self, table: Table, field: tuple[str, str], part: str) -> Array:
        if field[1] not in table.columns:
            return np.zeros(len(table), dtype=I32)
        column = table.column(field[1])
        if field not in self._told.by_record:
            known = {text: self._number(text, self._told.of(*field, text)) for text in dict.fromkeys(column)}
            return np.fromiter((known[text] for text in column), dtype=I32, count=len(column))
        rows = zip(column, table.column("trip_id"), table.column(part) if part else [""] * len(table), strict=True)
        numbers = (self._number(text, self._told.of(*field, text, trip, at)) for text, trip, at in rows)
        return np.fromiter(numbers, dtype=I32, count=len(column))

    def _number(self, text: str, others: Mapping[str, str]) -> int:
        key = (text, tuple(sorted(others.items())))
        number = self._index.setdefault(key, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
            for language, told in others.items():
                self.others.setdefault(language, {})[number] = told
        return number
