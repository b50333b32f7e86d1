"""The city's timetable desk for the tests: sources, files that came, and what is used."""

from datetime import UTC, datetime

from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act
from mobility import services
from mobility.engine.feed_results import Brought, SourceDraft
from mobility.gateways.feed_files import pack
from mobility.models import NetworkRelease
from tests.mobility.feeds import written

NOON = datetime(2026, 6, 10, 3, tzinfo=UTC)


def register(slug: str, **told):
    """Register a source."""
    draft = SourceDraft(**{"slug": slug, "name": f"{slug}バス"} | told)
    return services.register_feed_source(Act(SYSTEM, at=NOON, key=str(new_id(NOON))), draft=draft)


def small(minutes: int = 10, days: str = "20260601,20261231", trips: int = 1) -> bytes:
    """Return a ZIP with trips from A to B, which take so many minutes."""
    told = {f"t{n}": f"A {8 + n % 12}:00, B {8 + n % 12}:{minutes:02}" for n in range(trips)}
    return pack(written("A B", told, services=f"all,1,1,1,1,1,1,1,{days}"))


def bring(slug: str, content: bytes, *, at: datetime = NOON, why: str = "新しい時刻表", **options) -> Brought:
    """Bring a file in."""
    return services.bring_in(SYSTEM, slug=slug, content=content, at=at, why=why, **options)


def used() -> NetworkRelease | None:
    """Return the network that is used."""
    return NetworkRelease.objects.filter(is_active=True).first()
