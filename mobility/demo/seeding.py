"""Brings the demo town's timetables in, as an officer would: registered, looked at, used."""

from datetime import timedelta

from kernel import clock
from kernel.clock import jst_date
from kernel.principal import SYSTEM
from kernel.use_case import Act
from mobility.demo.feeds import FEEDS, demo_feeds
from mobility.demo.words import name_of, told
from mobility.engine.feed_results import SourceDraft
from mobility.gateways.feed_files import pack
from mobility.selectors.feeds import feeds_in_use, sources
from mobility.services import bring_in, register_feed_source

GOOD_FOR = timedelta(days=365)
WHY = "見本の町の時刻表"


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


def _draft(slug: str) -> SourceDraft:
    name = name_of(told(FEEDS[slug][0])["operator"])
    return SourceDraft(
        slug=slug, name=name.ja, name_en=name.en, licence="CC0 1.0", attribution="まちの見本データ", is_open=True
    )
