"""What is measured: requests by route, the log's waiting rows, the open sockets. No label says who."""

from collections.abc import Iterator

from django.db import DatabaseError, connection
from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import REGISTRY, Collector

REQUESTS = Counter("machi_requests", "Answered requests.", ["method", "route", "status"])
SECONDS = Histogram(
    "machi_request_seconds",
    "Time to answer.",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
SOCKETS = Gauge("machi_sockets", "Open live feeds.", multiprocess_mode="livesum")

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count_request(method: str | None, route: str | None, status: int, seconds: float) -> None:
    """Count one answered request; unknown methods and routes share a name, so that a scanner makes no new series."""
    verb = method if method in METHODS else "other"
    place = route if route is not None else "none"
    REQUESTS.labels(verb, place, str(status)).inc()
    SECONDS.labels(verb, place).observe(seconds)


class Waiting(Collector):
    """Reads from the database, when asked, what waits there."""

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Name the measures without asking the database."""
        yield GaugeMetricFamily("machi_deliveries_waiting", "Events that a handler has not taken yet.")
        yield GaugeMetricFamily("machi_deliveries_oldest_seconds", "How long the oldest of them has waited.")

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Ask the database; nothing is said where it does not answer."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0)"
                    " FROM kernel_delivery WHERE done_at IS NULL"
                )
                waiting, oldest_s = cursor.fetchone()
        except DatabaseError:
            return
        for family, value in zip(self.describe(), (waiting, oldest_s), strict=True):
            family.add_metric([], float(value))
            yield family


REGISTRY.register(Waiting())
