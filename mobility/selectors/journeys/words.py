"""Questions about journeys and their answers, as bodies and answers have them. Instants carry their zone; money is whole yen."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec

from mobility.selectors.live.alerts import AlertTold

Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90)]
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180)]
Pace = Literal["slow", "usual", "fast"]
Walking = Literal["walk", "wheelchair", "step_free", "gentle"]
Own = Literal["walk", "bicycle", "taxi"]
Rider = Literal["adult", "child", "disability", "child_disability"]
Kind = Literal["tram", "subway", "rail", "bus", "ferry", "cable", "monorail", "other"]


class PlaceAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place: a stop by its id, or a point; ``name`` is what the answer calls it."""

    stop: Annotated[str, msgspec.Meta(max_length=200)] = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    name: Annotated[str, msgspec.Meta(max_length=200)] = ""


class ViaAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place to pass, and the minutes that one stays."""

    place: PlaceAsked
    stay_minutes: Annotated[int, msgspec.Meta(ge=0, le=1440)] = 0


class JourneysAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from", "goal": "to"}):
    """A question. Without ``at`` one leaves now; ``cursor`` is one of an earlier answer, and moves the time."""

    start: PlaceAsked
    goal: PlaceAsked
    at: datetime | None = None
    is_arriving: bool = False
    walk: Walking = "walk"
    pace: Pace = "usual"
    most_walk_minutes: Annotated[int, msgspec.Meta(ge=1, le=60)] = 15
    most_changes: Annotated[int, msgspec.Meta(ge=0, le=7)] = 7
    own: Annotated[list[Own], msgspec.Meta(max_length=3)] = []
    kinds: Annotated[list[Kind], msgspec.Meta(max_length=8)] = []
    via: Annotated[list[ViaAsked], msgspec.Meta(max_length=2)] = []
    avoided_routes: Annotated[list[str], msgspec.Meta(max_length=20)] = []
    preferred_routes: Annotated[list[str], msgspec.Meta(max_length=20)] = []
    has_bicycle: bool = False
    rider: Rider = "adult"
    wanted: Annotated[int, msgspec.Meta(ge=1, le=20)] = 5
    cursor: Annotated[str, msgspec.Meta(max_length=40)] = ""


class Here(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place on a journey; ``stop`` is its id where it is one, ``platform`` where one waits."""

    name: str
    lat: float
    lon: float
    stop: str = ""
    platform: str = ""
    reading: str = ""


class CallTold(msgspec.Struct, frozen=True):
    """A stop on the way: when the vehicle comes and leaves, as planned and as it is now."""

    place: Here
    arrives_at: datetime
    leaves_at: datetime
    planned_arrives_at: datetime
    planned_leaves_at: datetime
    is_skipped: bool = False


class TransitLine(msgspec.Struct, frozen=True):
    """A line that one rides: what stands on it, in which colours, who runs it."""

    id: str
    name: str
    long_name: str
    kind: Kind
    color: str
    text_color: str
    agency: str
    agency_url: str


class TripTold(msgspec.Struct, frozen=True):
    """Which vehicle: its trip and service day, where it goes, whether it is where it should be.

    ``state`` is ``planned`` where nobody tells how it runs, ``live`` where somebody does, ``cancelled`` where it does not run.
    """

    id: str
    day: date
    line: TransitLine
    headsign: str
    state: Literal["planned", "live", "cancelled"]
    delay_s: int
    wheelchair: Literal["unknown", "possible", "not_possible"]
    bicycles: Literal["unknown", "possible", "not_possible"]
    stops: int


class WalkStep(msgspec.Struct, frozen=True):
    """A piece of a way along one street; ``turn_degrees`` is how one turns into it, to the right where positive."""

    kind: str
    name: str
    metres: int
    seconds: int
    turn_degrees: int


class FareLine(msgspec.Struct, frozen=True):
    """One line of a price: for which leg, what it is called, how much; None is unknown."""

    leg: int
    name: str
    why: str
    amount: int | None
    currency: str


class FareSum(msgspec.Struct, frozen=True):
    """What is known to be paid in one currency, in its smallest unit."""

    amount: int
    currency: str


class FareTold(msgspec.Struct, frozen=True):
    """What a journey costs. ``total`` is None where a part is not known; ``at_least`` is what is known of it.

    Of two currencies there is no total: ``currency`` is blank then, ``at_least`` 0, and ``sums`` has what is known in each.
    """

    total: int | None
    at_least: int
    currency: str
    lines: list[FareLine]
    sums: list[FareSum] = []


class ClosedRoad(msgspec.Struct, frozen=True):
    """A closed road about a way, in the reader's language; ``geometry`` is GeoJSON, ``owner`` who closed it.

    ``how`` says what it is to the way. ``avoided``: without it one would go another way; ``near``: the way passes close by;
    ``not_known``: it lies about the straight line between both ends, and no map tells whether the way leads around it.
    ``kind`` says who cannot pass: ``all``, ``vehicles`` (bicycles are vehicles) or ``walkers``.
    """

    id: str
    how: Literal["avoided", "near", "not_known"]
    kind: Literal["all", "vehicles", "walkers"]
    name: str
    owner: str
    url: str
    begins_at: datetime | None
    ends_at: datetime | None
    geometry: dict[str, Any]


class LegTold(msgspec.Struct, frozen=True):
    """One piece of a journey. Rides have ``trip`` and ``calls``; who goes by themself has ``steps``.

    ``is_seated`` says that one stays in the vehicle, which goes on as this trip.

    ``line`` is an encoded polyline of precision 5; ``is_estimate`` says that no map was asked; ``alerts`` are numbers in the
    answer's list. ``closures`` are closed roads about a way that somebody goes by themself or by taxi; operators say where their
    own vehicles go.
    """

    way: Literal["walk", "bicycle", "taxi", "ride"]
    start: Here
    end: Here
    leaves_at: datetime
    arrives_at: datetime
    planned_leaves_at: datetime
    planned_arrives_at: datetime
    minutes: int
    metres: int
    line: str
    is_estimate: bool
    risk_m: int
    trip: TripTold | None
    calls: list[CallTold]
    steps: list[WalkStep]
    offer: str
    fare: int | None
    alerts: list[int]
    closures: list[ClosedRoad] = []
    is_seated: bool = False


class Journey(msgspec.Struct, frozen=True):
    """A journey; ``best`` tells in what it is the best of those shown."""

    id: str
    leaves_at: datetime
    arrives_at: datetime
    minutes: int
    changes: int
    walk_minutes: int
    walk_metres: int
    risk_m: int
    is_live: bool
    fare: FareTold
    best: list[Literal["soonest", "cheapest", "fewest_changes", "least_walking"]]
    legs: list[LegTold]


class Journeys(msgspec.Struct, frozen=True, rename={"start": "from", "goal": "to"}):
    """The answer: journeys by vehicle, ways without one, and cursors to what goes earlier and later.

    ``at`` and ``is_arriving`` say of which instant this page tells; a page of earlier journeys tells what arrives by then.

    ``nothing`` says in a word why there is no journey: ``no_service`` where nothing runs, ``no_stop_near`` where no stop can be
    walked to; ``attribution`` must be shown where its map is.
    """

    start: Here
    goal: Here
    at: datetime
    is_arriving: bool
    journeys: list[Journey]
    direct: list[Journey]
    earlier: str
    later: str
    nothing: str
    attribution: str
    alerts: list[AlertTold]
