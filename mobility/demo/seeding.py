"""Brings the demo town's timetables in, as an officer would: registered, looked at, used; and puts its places on the map."""

from datetime import UTC, datetime, timedelta

from cityos.selectors import entities_of
from cityos.services import Observation, Reading, publish_entities
from kernel import clock
from kernel.clock import jst_date
from kernel.principal import SYSTEM
from kernel.use_case import Act
from mobility.demo.facilities import demo_places, demo_shelters
from mobility.demo.feeds import FEEDS, demo_feeds
from mobility.demo.words import name_of, told
from mobility.engine.feed_results import SourceDraft
from mobility.engine.places import Place
from mobility.gateways.feed_files import pack
from mobility.selectors.feeds import feeds_in_use, sources
from mobility.services import bring_in, register_feed_source

GOOD_FOR = timedelta(days=365)
WHY = "見本の町の時刻表"
FACILITY, SHELTER = "PublicFacility", "Shelter"
LONG_AGO = datetime(2025, 4, 1, tzinfo=UTC)
"""When somebody looked where they are; whoever says so later is believed."""


def seed_lines() -> None:
    """Register both operators and use their timetables; where these end within a year, bring later ones in."""
    now = clock.now()
    today = jst_date(now)
    known = {row.slug for row in sources()}
    good = {feed.slug for feed in feeds_in_use().feeds if feed.last_day - today > GOOD_FOR}
    if good >= FEEDS.keys():
        return
    for slug, files in demo_feeds(today).items():
        if slug not in known:
            register_feed_source(Act(SYSTEM, at=now, key=f"demo-{slug}"), draft=_draft(slug))
        if slug not in good:
            bring_in(SYSTEM, slug=slug, content=pack(files), at=now, why=WHY, at_once=True)


def seed_places() -> None:
    """Publish facilities and shelters as things of the town, each once."""
    for entity_type, found in ((FACILITY, demo_places()), (SHELTER, demo_shelters())):
        if not entities_of(entity_type, limit=1):
            readings = [_reading(entity_type, place) for place in found]
            key = f"demo-{entity_type.lower()}"
            publish_entities(Act(SYSTEM, at=clock.now(), key=key), entities=readings)


def _reading(entity_type: str, place: Place) -> Reading:
    names, category = (
        {"ja": texts[""]} | {k: v for k, v in texts.items() if k} for texts in (place.names, place.details)
    )
    told = {
        "name": names, "category": category, "importance": place.importance,
        "location": {"type": "Point", "coordinates": [place.lon, place.lat]},
    }  # fmt: skip
    attributes = {key: Observation(value=value, observed_at=LONG_AGO) for key, value in told.items()}
    return Reading(id=f"urn:ngsi-ld:{entity_type}:{place.id}", type=entity_type, attributes=attributes)


def _draft(slug: str) -> SourceDraft:
    name = name_of(told(FEEDS[slug][0])["operator"])
    return SourceDraft(
        slug=slug, name=name.ja, name_en=name.en, licence="CC0 1.0", attribution="まちの見本データ", is_open=True
    )
