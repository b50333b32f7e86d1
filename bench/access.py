"""What an access costs: over HTTP beside a request that writes one audit row, and ten thousand in a batch beside a plain read."""

import json
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.ground import Ground, ground, web
from bench.load import Load, Make, cpu_seconds, hammer, request
from bench.report import figure, table, write

CLIENTS, RESIDENTS = 8, 64
# A machine changes its speed within seconds, and no two processes lie in memory alike: many short turns, on several servers.
STARTS, ROUNDS, SECONDS = 6, 30, 0.3
SUBJECTS, ROWS_EACH, BATCHES = 10_000, 10, 5
ALL_ROWS = SUBJECTS * ROWS_EACH
TABLES = f"""
CREATE TABLE bench_personal (id bigint PRIMARY KEY, subject_id uuid NOT NULL, value text NOT NULL);
CREATE TABLE bench_plain (LIKE bench_personal INCLUDING ALL);
INSERT INTO bench_personal
  SELECT s * {ROWS_EACH} + r, ('00000000-0000-7000-9000-' || lpad(to_hex(s), 12, '0'))::uuid, md5((s * {ROWS_EACH} + r)::text)
    FROM generate_series(0, {SUBJECTS - 1}) s, generate_series(0, {ROWS_EACH - 1}) r;
INSERT INTO bench_plain SELECT * FROM bench_personal;
CREATE INDEX ON bench_personal (subject_id);
CREATE INDEX ON bench_plain (subject_id);
GRANT SELECT ON bench_personal, bench_plain TO machi_app;
"""


@dataclass(frozen=True)
class Run:
    """One load, and what it cost web server and PostgreSQL in CPU seconds a request."""

    load: Load
    cpu: float


def main() -> list[dict[str, Any]]:
    """Measure both, print and keep the figures."""
    with ground() as here:
        here.manage("demo_city")
        people = json.loads(here.manage("demo_tokens", "--json", "--residents", str(RESIDENTS)))
        tokens = [person["token"] for person in people]
        logged = _logged(here)
        pairs = [pair for _ in range(STARTS) for pair in _pairs(here, tokens)]
        _check_log(here, logged, pairs)
        figures = [_compare(pairs), _batch(here)]
    write("access", figures)
    print(table(figures))
    return figures


def _requests(path: str, tokens: list[str]) -> Make:
    def make(client: int, turn: int) -> bytes:
        return request("GET", path, b"", Authorization=f"Bearer {tokens[(client + turn * CLIENTS) % len(tokens)]}")

    return make


def _pairs(here: Ground, tokens: list[str]) -> list[tuple[Run, Run]]:
    """Run both by turns on a newly started web server, each first in every other turn."""
    notes, reads = _requests("/bench/audit", tokens), _requests("/bench/name", tokens)
    with web(here, workers=1, threads=4) as port:
        for make in (notes, reads):
            hammer(port, make, clients=CLIENTS, seconds=1, expect=200)
        runs = [
            (_run(here, port, (notes, reads)[turn % 2]), _run(here, port, (reads, notes)[turn % 2]))
            for turn in range(ROUNDS)
        ]
    return [(second, first) if turn % 2 else (first, second) for turn, (first, second) in enumerate(runs)]


def _run(here: Ground, port: int, make: Make) -> Run:
    pids = [here.pids["web"], here.pids["postgres"]]
    before = cpu_seconds(pids)
    load = hammer(port, make, clients=CLIENTS, seconds=SECONDS, expect=200)
    if load.other:
        raise RuntimeError(f"unexpected answers {load.other}: {load.example.decode()[:500]}")
    return Run(load, (cpu_seconds(pids) - before) / len(load.latencies))


def _logged(here: Ground) -> int:
    return int(here.psql("SELECT count(*) FROM kernel_access_log WHERE purpose = 'accounts.my_profile'"))


def _check_log(here: Ground, before: int, pairs: list[tuple[Run, Run]]) -> None:
    """Each reading stands in the log; :raises RuntimeError: where one is missing."""
    answered = sum(len(reads.load.latencies) for _notes, reads in pairs)
    found = _logged(here) - before
    if found < answered:
        raise RuntimeError(f"{answered} readings were answered and {found} logged")


def _compare(pairs: list[tuple[Run, Run]]) -> dict[str, Any]:
    ratios = [notes.cpu / reads.cpu for notes, reads in pairs]
    row = figure(
        "access.http.ratio",
        median(reads.cpu for _notes, reads in pairs) * 1e6,
        "µs CPU a request",
        yardstick=median(notes.cpu for notes, _reads in pairs) * 1e6,
        n=sum(len(reads.load.latencies) for _notes, reads in pairs),
        p50=median(reads.load.percentile_ms(0.5) for _notes, reads in pairs),
        p99=median(reads.load.percentile_ms(0.99) for _notes, reads in pairs),
        goal=round(1 / 1.3, 3),
        measured_against="a request that writes one audit row, same middleware and authentication",
        server="granian WSGI, 1 worker of 4 threads",
        cpu_times=round(median(reads.cpu / notes.cpu for notes, reads in pairs), 3),
        ratios=[round(ratio, 3) for ratio in ratios],
    )
    return row | {"ratio": round(median(ratios), 3)}


def _batch(here: Ground) -> dict[str, Any]:
    """Read 100,000 rows of 10,000 people through accesses, and the same from a table that nothing protects."""
    import django  # noqa: PLC0415 - the ground has just set where the database is

    django.setup()
    from kernel.access import name_purpose, protect  # noqa: PLC0415

    here.psql(TABLES)
    for operation in (protect("bench_personal", "subject_id", "bench"), name_purpose("bench.read", ["bench"])):
        here.psql(str(operation.sql))
    here.psql("ANALYZE bench_personal, bench_plain")
    times = [(_seconds(_plainly), _seconds(_in_accesses)) for _ in range(BATCHES)]
    ratios = [plain / guarded for plain, guarded in times]
    row = figure(
        "access.batch.ratio",
        median(guarded for _plain, guarded in times),
        "s for 100,000 rows of 10,000 people",
        yardstick=median(plain for plain, _guarded in times),
        n=BATCHES,
        goal=0.25,
        measured_against="the same rows in the same chunks from an unprotected table",
        times=round(median(guarded / plain for plain, guarded in times), 2),
        ratios=[round(ratio, 3) for ratio in ratios],
    )
    return row | {"ratio": round(median(ratios), 3)}


def _seconds(read: Any) -> float:
    began = time.perf_counter()
    found = read()
    took = time.perf_counter() - began
    if found != ALL_ROWS:
        raise RuntimeError(f"{read.__name__} read {found} rows of {ALL_ROWS}")
    return took


def _subjects() -> list[Any]:
    from uuid import UUID  # noqa: PLC0415

    return [UUID(f"00000000-0000-7000-9000-{number:012x}") for number in range(SUBJECTS)]


def _plainly() -> int:
    from kernel.access import in_chunks  # noqa: PLC0415

    return sum(_rows("bench_plain", chunk) for chunk in in_chunks(_subjects()))


def _in_accesses() -> int:
    from kernel.access import access_many, in_chunks  # noqa: PLC0415
    from kernel.principal import SYSTEM_ACTOR  # noqa: PLC0415

    found = 0
    for chunk in in_chunks(_subjects()):
        with access_many(purpose="bench.read", actor=SYSTEM_ACTOR, subjects=chunk, classes=["bench"]):
            found += _rows("bench_personal", chunk)
    return found


def _rows(name: str, chunk: list[Any]) -> int:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, subject_id, value FROM {name} WHERE subject_id = ANY (%s)", [chunk])
        return len(cursor.fetchall())


if __name__ == "__main__":
    main()
