"""What runs in the demo town: its operators are asked like any other, at addresses that its twins answer."""

from kernel import clock
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act
from mobility.demo.docks import bicycle_file
from mobility.demo.feeds import FEEDS
from mobility.engine.live_results import LiveDraft
from mobility.gateways.fetching import FetchRefused
from mobility.selectors.live import live_sources
from mobility.services.live import register_live_source

KINDS = {"trip_updates": 15, "vehicle_positions": 10, "alerts": 60}
"""How often each kind is asked, in seconds."""
BICYCLES = "bicycles"
DRIVEN = "mihon-bus", "loop"
"""The timetable and the line in it that the city's own drivers drive; its operator tells nothing of it."""
SAID = {"trip_updates": "遅れと運休", "vehicle_positions": "車両の位置", "alerts": "お知らせ"}
NAMES = {"mihon-bus": "見本バス", "mihon-rail": "見本鉄道"}
LICENCE, ATTRIBUTION = "CC0 1.0", "まちの見本データ"


def seed_live() -> None:
    """Register the sources of both operators and of the bicycles, those that are not there yet."""
    now = clock.now()
    known = {row.url for row in live_sources() if row.retired_at is None}
    for draft in _drafts():
        if draft.url not in known:
            register_live_source(Act(SYSTEM, at=now, key=str(new_id(now))), draft=draft)


def open_bicycles(path: str) -> bytes:
    """Answer as the server of the bicycles would; :raises FetchRefused: ``status`` where it has no such file."""
    try:
        return bicycle_file(path, clock.now())
    except KeyError:
        raise FetchRefused("status", "404") from None


def _drafts() -> list[LiveDraft]:
    operators = [
        LiveDraft(
            kind=kind, name=f"{NAMES[slug]}：{SAID[kind]}",  # type: ignore[arg-type]
            url=f"demo:{slug}/{kind}", feed=slug, poll_seconds=seconds, licence=LICENCE,
            attribution=ATTRIBUTION, is_open=True,
        )
        for slug in FEEDS
        for kind, seconds in KINDS.items()
    ]  # fmt: skip
    bicycles = LiveDraft(
        kind="gbfs", name="見本サイクル", url=f"demo:{BICYCLES}/gbfs.json", poll_seconds=60, licence=LICENCE,
        attribution=ATTRIBUTION, is_open=True,
    )  # fmt: skip
    return [*operators, bicycles]
