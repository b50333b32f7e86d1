"""Run every benchmark; the exit code says whether all goals were met."""

import sys

from bench import payments_http, payments_service
from bench.report import table


def main() -> int:
    """Run them one after the other, for each wants the whole machine."""
    figures = [row for bench in (payments_service, payments_http) for row in bench.main()]
    print("\n" + table(figures))
    return sum(row["ratio"] < row["goal"] for row in figures)


if __name__ == "__main__":
    sys.exit(main())
