"""The notices that concern the journeys of one answer, each told once."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.conf import settings

from mobility.selectors.live.alerts import AlertTold, Subject, alerts_now, concerns


class _Seen(NamedTuple):
    alerts: list[AlertTold]
    looked_at: float


_seen: dict[str, _Seen] = {}
"""By language what stood a moment ago."""


@dataclass
class Notices:
    """What stands at an instant; rides ask which of it is about them, and answers carry what was asked for."""

    at: datetime
    language: str
    told: list[AlertTold] = field(default_factory=list)
    _number: dict[object, int] = field(default_factory=dict)

    @cached_property
    def standing(self) -> list[AlertTold]:
        """Return all notices that stand; a process looks once a second at the most."""
        seen = _seen.get(self.language)
        if seen is None or time.monotonic() - seen.looked_at >= settings.LIVE["looks_every_s"]:
            seen = _seen[self.language] = _Seen(alerts_now(at=self.at, language=self.language).alerts, time.monotonic())
        return seen.alerts

    def about(self, subject: Subject) -> list[int]:
        """Return the numbers of the notices about a ride, in the list that the answer carries."""
        found = []
        for each in self.standing:
            if concerns(each.touched, subject):
                if each.id not in self._number:
                    self._number[each.id] = len(self.told)
                    self.told.append(each)
                found.append(self._number[each.id])
        return found
