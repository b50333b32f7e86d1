"""The twin of the demo town's operators: opens ``demo:`` addresses and answers as an operator's server would, byte by byte.

``demo:mihon-bus/trip_updates``, ``…/vehicle_positions`` and ``…/alerts`` are GTFS-Realtime of a timetable that the city uses, by
its slug; lines that the city drives itself are left out. Other paths are opened by whoever else makes something up (the demo
town's bicycles).
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from kernel.problems import DomainError
from mobility.engine.live.members import catalogue_for
from mobility.engine.live.news import AlertNews, Concerned, Message
from mobility.engine.network import Network
from mobility.gateways.fetching import FetchRefused
from mobility.gateways.gtfs_realtime import write_message
from mobility.gateways.made_up import MadeUp, trips_of

WORDS = {
    "ja": "【見本】道路工事のため、{line}は遅れることがあります。",
    "en": "[Sample] Road works: line {line} may run late.",
    "zh-Hans": "【示例】因道路施工，{line}可能晚点。",
    "ko": "[견본] 도로 공사로 {line}이(가) 늦을 수 있습니다.",
}
NOBODY_DRIVES: Mapping[str, str] = MappingProxyType({})
WORKS = timedelta(hours=9), timedelta(hours=17)


class LiveTwin:
    """Makes up what runs on the network that is used."""

    def __init__(
        self, here_and_now: Callable[[], tuple[Network, datetime]], driven: Mapping[str, str] = NOBODY_DRIVES
    ) -> None:
        """Take how the network is found that is used, and what time it is; of which feed the city drives which line itself."""
        self._here_and_now, self._driven = here_and_now, driven

    def __call__(self, path: str) -> bytes:
        """Return what stands at a demo address now; :raises FetchRefused: ``status`` where nothing does."""
        slug, _slash, what = path.partition("/")
        try:
            network, now = self._here_and_now()
        except DomainError as refused:
            raise FetchRefused("silent", refused.code) from None
        at = int(now.timestamp())
        catalogue = catalogue_for(network.catalogues, slug)
        if catalogue is None or what not in {"trip_updates", "vehicle_positions", "alerts"}:
            raise FetchRefused("status", "404")
        if what == "alerts":
            return write_message(Message(at, alerts=self._alerts(network, slug, at)), at)
        made_up = MadeUp(network, catalogue, trips_of(network, slug, but=self._driven.get(slug, "")))
        told = (
            Message(at, trips=made_up.trips(at))
            if what == "trip_updates"
            else Message(at, vehicles=made_up.vehicles(at))
        )
        return write_message(told, at)

    def _alerts(self, network: Network, slug: str, at: int) -> dict[str, AlertNews]:
        """Tell of road works, by day, on the first line."""
        catalogue = catalogue_for(network.catalogues, slug)
        if catalogue is None or not catalogue.route_of:
            return {}
        own, route = next(iter(catalogue.route_of.items()))
        midnight = catalogue.midnight(catalogue.day_of(at))
        span = midnight + int(WORKS[0].total_seconds()), midnight + int(WORKS[1].total_seconds())
        directory = network.feed.directory
        header = {
            language: words.format(line=directory.route_name(route, language) or own)
            for language, words in WORDS.items()
        }
        about = (Concerned(route_id=own),)
        return {"works": AlertNews("works", (span,), about, "construction", "significant_delays", "info", {}, header)}
