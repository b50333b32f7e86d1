"""Run every benchmark; the exit code says whether all goals were met."""

import sys

from bench import (
    access,
    circulation,
    coupons,
    following,
    journeys,
    journeys_http,
    live,
    notifications,
    payments_http,
    payments_service,
    settlement,
    streets,
)
from bench.report import table


def main() -> int:
    """Run them one after the other, for each wants the whole machine."""
    benches = (coupons, payments_service, payments_http, access, notifications, circulation, settlement, journeys,
               journeys_http, live, following, streets)  # fmt: skip
    figures = [row for bench in benches for row in bench.main()]
    print("\n" + table(figures))
    return sum(not row.get("is_met", row["ratio"] >= row.get("goal", 0)) for row in figures)


if __name__ == "__main__":
    sys.exit(main())
