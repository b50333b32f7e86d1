"""The departure board of a stop: for signs in the street, and for whoever opens the page; without a script, without a sign-in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unicodedata import east_asian_width
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.clock import JST, jst_date
from mobility.engine.network import Network
from mobility.errors import NetworkAway, NoTimetable, OutsideTimetable, StopUnknown
from mobility.pages.board_words import LANGUAGE_NAMES, TAGS, day_in_words
from mobility.selectors.places import find_places
from mobility.selectors.stops import Departures, departures_of
from mobility.selectors.stops.assigned import sign_set
from mobility.selectors.stops.keeping import kept_of
from mobility.selectors.stops.signs import Turn, turn_at
from mobility.selectors.stops.telling import StopTeller
from mobility.selectors.stops.words import DepartureTold
from mobility.services.live import live_network
from mobility.services.stops import note_heard

SHOWN, MOST_ALERTS = 8, 2
"""Each notice takes the place of a departure, and so does the sentence that today is over, so that a screen holds them all."""
LONG = 26
LATE_S = 60
"""Less than a minute late is on time."""
OFTEN = 40
"""So many stops are offered to who searches for none."""
WITHOUT_SCRIPT_S = 30
SCREEN = "/screen"
"""Where the phone app shows a screen of the town what it is to show."""


@dataclass(frozen=True)
class Row:
    """One line of the board; ``minutes`` to go is None for what is cancelled, ``day`` is told where it is another than today."""

    told: DepartureTold
    minutes: int | None
    late_minutes: int
    day: str

    @property
    def is_long(self) -> bool:
        """Tell whether where it goes takes more room than the column has in large letters."""
        return sum(2 if east_asian_width(sign) in "FW" else 1 for sign in self.told.headsign) > LONG


@require_safe
def board_page(request: HttpRequest, stop_id: str) -> HttpResponse:
    """Show what leaves next; :raises Http404: for a stop that is not there."""
    at = clock.now()
    turn = turn_at(at, [*request.GET.getlist("lang"), *request.GET.get("langs", "").split(",")])
    try:
        return _answer(request, stop_id, at, turn, {"look": _look(request.GET.get("look", ""))})
    except StopUnknown:
        raise Http404 from None


@require_safe
def sign_board_page(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Show a sign the board of the stop that an officer chose for it; send it back to the town's notices where there is none."""
    found, at = sign_set(device_id), clock.now()
    if found is None or found.row is None:
        return HttpResponseRedirect(SCREEN)
    row = found.row
    note_heard(device_id, at=at)
    turn, more = turn_at(at, row.languages), {"look": row.look, "is_sign": True}
    try:
        return _answer(request, row.stop_id, at, turn, more)
    except StopUnknown as refusal:
        return _answer(request, row.stop_id, at, turn, more | {"trouble": str(refusal.title)})


def _answer(request: HttpRequest, stop_id: str, at: datetime, turn: Turn, more: dict[str, Any]) -> HttpResponse:
    with translation.override(turn.language):
        offered = turn.languages if "is_sign" in more else LANGUAGE_NAMES
        board = {} if "trouble" in more else _board(stop_id, at, turn.language)
        shown = {
            "at": at.astimezone(JST), "today": day_in_words(jst_date(at), turn.language), "turn": turn, "seconds": WITHOUT_SCRIPT_S,
            "languages": [(each, LANGUAGE_NAMES[each], TAGS[each]) for each in offered],
            "tag": TAGS[turn.language], "stop_id": stop_id, **more, **board,
        }  # fmt: skip
        answer = render(request, "mobility/boards/board.html", shown)
    answer["Content-Language"] = TAGS[turn.language]
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def boards_page(request: HttpRequest) -> HttpResponse:
    """Let somebody choose the stop whose board they want."""
    at, typed = clock.now(), request.GET.get("q", "")[:80]
    language = translation.get_language() or "ja"
    try:
        network = live_network(at=at)
    except (NoTimetable, NetworkAway):
        return render(
            request,
            "mobility/boards/choose.html",
            {"is_missing": True, "look": _look(request.GET.get("look", "")), "tag": TAGS.get(language)},
            status=503,
        )
    found = _found(network, typed, at, language) if typed else _often(network, language)
    return render(
        request,
        "mobility/boards/choose.html",
        {"stops": found, "typed": typed, "look": _look(request.GET.get("look", "")), "tag": TAGS.get(language)},
    )


def _board(stop_id: str, at: datetime, language: str) -> dict[str, Any]:
    """Return what the page shows of the stop; what stands in the way is said on it, but for a stop that is none."""
    try:
        told = departures_of(live_network(at=at), stop_id, at=at, most=SHOWN, language=language)
    except OutsideTimetable as refusal:
        return {"ended": day_in_words(refusal.members["last_day"], language)}
    except (NoTimetable, NetworkAway) as refusal:
        return {"trouble": str(refusal.title)}
    alerts, later = told.alerts[:MOST_ALERTS], _later(told, language)
    most = SHOWN - len(alerts) - later["is_over"]
    rows = [_row(each, at, language) for each in told.departures[:most]]
    return {"board": told, "rows": rows, "alerts": alerts, **later}


def _row(told: DepartureTold, at: datetime, language: str) -> Row:
    to_go = None if told.state == "cancelled" else max(0, int((told.leaves_at - at).total_seconds()) // 60)
    day = jst_date(told.leaves_at)
    late = told.delay_s // 60 if told.delay_s >= LATE_S else 0
    return Row(told, to_go, late, "" if day == jst_date(at) else day_in_words(day, language))


def _later(told: Departures, language: str) -> dict[str, Any]:
    """Return what is said where today's last one has gone: when the first of another day leaves."""
    if told.last is not None:
        return {"is_over": False}
    first = told.departures[0].leaves_at if told.departures else None
    first = told.next_service.first_at if first is None and told.next_service else first
    if first is None or jst_date(first) == told.service_day:
        return {"is_over": first is None}
    return {"is_over": True, "next_at": first, "next_day": day_in_words(jst_date(first), language)}


def _look(look: str) -> str:
    """Return the look that was chosen, blank for the one the screen prefers."""
    return look if look in {"dark", "light"} else ""


def _found(network: Network, typed: str, at: datetime, language: str) -> list[tuple[str, str, str]]:
    found = find_places(network, typed, near=None, kinds=["stop"], most=OFTEN, at=at, language=language)
    return [(each.id, each.name, each.reading) for each in found.results]


def _often(network: Network, language: str) -> list[tuple[str, str, str]]:
    teller = StopTeller(network, language)
    groups = sorted(kept_of(network).groups.groups, key=lambda each: -each.departures)[:OFTEN]
    stops = [teller.stop(each) for each in groups]
    return [(each.id, each.name, each.reading) for each in stops]
