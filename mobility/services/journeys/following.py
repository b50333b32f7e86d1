"""To follow a journey, to be told how it stands, and to stop."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from kernel.ids import secret_token, token_hash
from kernel.problems import FieldFault, _
from mobility.engine.network import Network
from mobility.errors import FollowsFull, FollowUnfit, FollowUnknown, LiveAway
from mobility.gateways import followed_store
from mobility.selectors.journeys.carriers import carriers_now
from mobility.selectors.journeys.follow_words import FollowAsked, Followed, Following, LegTaken
from mobility.selectors.journeys.following import tell_followed
from mobility.selectors.journeys.taking import FollowKept, begun, taken
from mobility.selectors.journeys.words import PlaceAsked

FEED = "mobility.journey"
MOST_FOLLOWED = 5_000
"""So many journeys are followed at once; each costs the loop a tenth of a millisecond whenever news come."""
AHEAD, AFTER, LONGEST = timedelta(days=1), timedelta(hours=2), timedelta(days=1)
"""How long before it begins a journey can be followed, how long after its end it is kept, and how long it may take."""


def follow_journey(asked: FollowAsked, *, at: datetime, language: str) -> Following:
    """Follow a journey from now until it is over; whoever has the id that this function returns hears it.

    :raises FollowUnfit: with the fields that are wrong; :raises FollowsFull: :raises LiveAway: where it cannot be kept.
    """
    faults = list(_faults(asked, at))
    if faults:
        raise FollowUnfit(errors=faults)
    kept, token = FollowKept(asked, language), secret_token(256)
    until = max(max(leg.arrives_at, leg.planned_arrives_at) for leg in asked.legs) + AFTER
    try:
        if followed_store.count(at=at) >= MOST_FOLLOWED:
            raise FollowsFull(retry_after=60)
        followed_store.keep(key_of(token), msgspec.msgpack.encode(kept), begun(kept, at=at), at=at, until=until)
    except followed_store.StoreAway:
        raise LiveAway(retry_after=5) from None
    return Following(token, f"{FEED}:{token}", until)


def unfollow_journey(token: str) -> None:
    """Follow a journey no longer, and forget it; :raises LiveAway:"""
    try:
        followed_store.forget(key_of(token))
    except followed_store.StoreAway:
        raise LiveAway(retry_after=5) from None


def topic_of(token: str) -> str:
    """Return the topic of whoever has the id; :raises FollowUnknown: :raises LiveAway:"""
    key = key_of(token)
    try:
        if not followed_store.is_kept(key):
            raise FollowUnknown
    except followed_store.StoreAway:
        raise LiveAway(retry_after=5) from None
    return f"{FEED}:{key}"


def key_of(token: str) -> str:
    """Return under what a journey is kept."""
    return token_hash(token).hex()


def followed_now(network: Network, topic: str, *, at: datetime) -> Followed:
    """Return how the journey of a topic stands; :raises FollowUnknown: :raises LiveAway:"""
    key = topic.rpartition(":")[2]
    try:
        plain, held = followed_store.followed([key]).get(key), followed_store.held_of([key]).get(key, ())
    except followed_store.StoreAway:
        raise LiveAway(retry_after=5) from None
    if plain is None:
        raise FollowUnknown
    kept = msgspec.msgpack.decode(plain, type=FollowKept)
    return tell_followed(taken(network, kept), held, carriers_now(network, at=at), at=at)


def _faults(asked: FollowAsked, at: datetime) -> Iterator[FieldFault]:
    """Give out what is wrong with a journey that somebody wants to follow."""
    legs = asked.legs
    instants = [each for leg in legs for each in _instants(leg)]
    if min(instants) < at - LONGEST or max(instants) > at + AHEAD + LONGEST:
        yield FieldFault("legs", "out_of_time", str(_("見守れるのは、出発の1日前から到着までです。")))
        return
    if max(leg.arrives_at for leg in legs) + AFTER <= at:
        yield FieldFault("legs", "over", str(_("この行き方はもう終わっています。")))
    for n, leg in enumerate(legs):
        if leg.leaves_at > leg.arrives_at or leg.planned_leaves_at > leg.planned_arrives_at:
            yield FieldFault(f"legs.{n}.arrives_at", "runs_back", str(_("到着が出発より前になっています。")))
        if leg.way == "ride" and leg.trip is None:
            yield FieldFault(f"legs.{n}.trip", "required", str(_("どの便に乗るかが必要です。")))
        for field, place in (("start", leg.start), ("end", leg.end)):
            if not _is_clear(place, is_stop=leg.way == "ride"):
                yield FieldFault(f"legs.{n}.{field}", "place_unclear", str(_("場所がわかりません。")))


def _instants(leg: LegTaken) -> tuple[datetime, ...]:
    return leg.leaves_at, leg.arrives_at, leg.planned_leaves_at, leg.planned_arrives_at


def _is_clear(place: PlaceAsked, *, is_stop: bool) -> bool:
    """Tell whether a place stays one that can be found, whatever becomes of the timetable."""
    return place.lat is not None and place.lon is not None and (bool(place.stop) or not is_stop)
