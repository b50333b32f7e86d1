"""An operator's server, whose answers a test writes."""

from datetime import date, datetime, timedelta

from kernel.clock import JST
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act
from mobility.engine.live.news import CallNews, Message, TripNews, TripRef
from mobility.engine.live_results import LiveDraft
from mobility.engine.search import Ends, earliest_arrival
from mobility.gateways.fetching import FetchRefused
from mobility.gateways.gtfs_realtime import write_message
from mobility.models import LiveSource
from mobility.services.live import live_network, register_live_source

DAY = date(2026, 6, 10)
EIGHT = datetime(2026, 6, 10, 8, tzinfo=JST)


class Operator:
    """Answers with what stands under a path; bytes, or a message that is written when it is asked for."""

    def __init__(self):
        self.says, self.asked = {}, []

    def __call__(self, path):
        self.asked.append(path)
        name = path.partition("/")[2]
        if name not in self.says:
            raise FetchRefused("status", "404")
        told = self.says[name]
        return write_message(told, told.at) if isinstance(told, Message) else told


def source(kind="trip_updates", *, at=EIGHT, **told):
    """Register a source of the line."""
    draft = {"kind": kind, "name": "赤バスの運行情報", "url": f"demo:operator/{kind}", "feed": "red"} | told
    return LiveSource.objects.get(
        pk=register_live_source(Act(SYSTEM, at=at, key=str(new_id(at))), draft=LiveDraft(**draft)).id
    )


def late(seconds, trip="t9", at=EIGHT, **more):
    """Return a message: one trip is late from its first stop on."""
    call = CallNews(0, departure_delay_s=seconds)
    news = TripNews(TripRef(trip, start_day=DAY), calls=(call,))
    return Message(int(at.timestamp()), trips={"e": news}, **more)


def arrives(begin, end, leave_at, at=EIGHT):
    """Ask the network as it runs now; return the clock time."""
    network = live_network(at=at)
    start, goal = (Ends.of({network.stop_numbers[f"red:{stop}"]: 0}) for stop in (begin, end))
    found = earliest_arrival(network.lanes(DAY), start, goal, int(leave_at * 3600))
    return str(timedelta(seconds=found))
