"""One message to 30,000 people: how long until every copy is written and waits to be routed, and how much memory that takes.

The yardstick is the same rows by one plain INSERT … SELECT each into tables of the same shape without policies, indexes or
claims, by the administrator. The fan-out runs as in a city: the application's own login, pieces of a thousand, each claimed and
written in transactions of its own, in two processes. Beside it, how fast the copies are then routed.
"""

import json
import subprocess
import sys
import time
from typing import Any

from bench.ground import ROOT, Ground, ground
from bench.load import cpu_seconds
from bench.report import figure, table, write

PEOPLE, WORKERS, ROUTED = 30_000, 2, 2_000
GOAL_S = 30.0

TOWN = f"""
INSERT INTO accounts_resident (id, created_at)
  SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, now() - interval '1 day'
    FROM generate_series(1, {PEOPLE}) n;
INSERT INTO accounts_user (id, resident_id, is_active, account_level, account_level_since, language, sign_in_epoch)
  SELECT gen_random_uuid(), id, true, 1, created_at, 'ja', 0 FROM accounts_resident;
INSERT INTO account_emailaddress (email, verified, "primary", user_id)
  SELECT 'sealed:' || id, true, true, id FROM accounts_user;
"""
PLAIN = """
CREATE TABLE bench_copy (LIKE accounts_inboxmessage);
CREATE TABLE bench_waiting (LIKE accounts_dispatch);
"""
PLAINLY = """
INSERT INTO bench_copy (id, resident_id, name, broadcast_id, category, priority, at)
  SELECT gen_random_uuid(), r.id, '', b.id, b.category, b.priority, now() FROM accounts_resident r, accounts_broadcast b;
INSERT INTO bench_waiting (message_id, resident_id, priority, at) SELECT id, resident_id, priority, at FROM bench_copy;
"""
TEXT = json.dumps(
    {"ja": {"title": "断水のお知らせ", "body": "明日の朝、九日町で水が止まります。" * 20}}, ensure_ascii=False
)
BROADCAST = f"""
INSERT INTO accounts_broadcast (id, name, packed_values, texts, link, category, priority, audience, state, created_by, created_at,
    started_at, expected, is_cut)
  VALUES (gen_random_uuid(), '', '', '{TEXT}', '', 'city', 'normal', '{{"kind": "everyone", "value": ""}}', 'running',
    gen_random_uuid(), now(), now(), {PEOPLE}, false);
"""
WORKER = """
import resource, sys
import django
django.setup()
from accounts.services.notices.broadcasting import fan_out_some
from kernel import clock
fan_out_some(priority="life", at=clock.now())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("ready", flush=True)
sys.stdin.readline()
pieces = 0
while fan_out_some(priority="normal", at=clock.now()):
    pieces += 1
print(pieces, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)
"""
ROUTER = """
import time
import django
django.setup()
from accounts.services.notices.routing import route_some
from kernel import clock
route_some(priority="normal", at=clock.now(), most=50)
began, done = time.monotonic(), 0
while done < {most}:
    done += route_some(priority="normal", at=clock.now())
print(done / (time.monotonic() - began), flush=True)
"""


def main() -> list[dict[str, Any]]:
    """Measure, check that everybody has one copy, print and keep the figures."""
    with ground() as here:
        here.psql(TOWN)
        here.psql(BROADCAST + "ANALYZE;")
        here.psql(PLAIN)
        plain_s = _timed(lambda: here.psql(PLAINLY))
        before = cpu_seconds([here.pids["postgres"]])
        seconds, workers = _fan_out(here)
        server_s = cpu_seconds([here.pids["postgres"]]) - before
        _check(here)
        routed = float(_program(here, ROUTER.format(most=ROUTED)).stdout.split()[-1])  # type: ignore[union-attr]
    row = figure(
        "notifications.fanout30000.s", seconds, "s", yardstick=plain_s, n=PEOPLE,
        measured_against="the same rows by plain INSERT … SELECT without policies or indexes", goal_s=GOAL_S, workers=WORKERS,
        pieces=[pieces for pieces, _before, _after in workers],
        grown_mb=[round((after - was) / 1024, 1) for _pieces, was, after in workers],
        most_mb=[round(after / 1024, 1) for _pieces, _was, after in workers],
        server_cpu_s=round(server_s, 2), routed_per_s=round(routed, 1),
    )  # fmt: skip
    write("notifications", [row])
    print(table([row]))
    print(
        f"  memory grew by {row['grown_mb']} MB to {row['most_mb']} MB; {row['routed_per_s']} messages a second are routed"
    )
    if seconds > GOAL_S or max(row["grown_mb"]) > 40:
        raise RuntimeError(f"{seconds:.1f} s and {row['grown_mb']} MB: at most {GOAL_S} s and 40 MB")
    return [row]


def _timed(do: Any) -> float:
    began = time.monotonic()
    do()
    return time.monotonic() - began


def _fan_out(here: Ground) -> tuple[float, list[tuple[int, int, int]]]:
    """Let the workers get ready, start them at once, and wait for the last."""
    command = [sys.executable, "-c", WORKER]
    pipe = subprocess.PIPE
    workers = [
        subprocess.Popen(command, cwd=ROOT, env=here.environment, stdin=pipe, stdout=pipe, text=True)
        for _ in range(WORKERS)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == "ready"
    began = time.monotonic()
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    said = [worker.communicate(timeout=300)[0] for worker in workers]
    seconds = time.monotonic() - began
    return seconds, [tuple(map(int, each.split())) for each in said]  # type: ignore[misc]


def _program(here: Ground, text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", text]
    return subprocess.run(command, cwd=ROOT, env=here.environment, capture_output=True, text=True, check=True)


def _check(here: Ground) -> None:
    """Hold the copies against the people; :raises RuntimeError: where somebody has none, or two, or the message is not done."""
    counted = here.psql(
        "SELECT (SELECT count(*) FROM accounts_inboxmessage), (SELECT count(DISTINCT resident_id) FROM accounts_inboxmessage),"
        " (SELECT count(*) FROM accounts_dispatch), (SELECT state FROM accounts_broadcast),"
        " (SELECT sum(written) FROM accounts_broadcastpiece)"
    )
    if counted != f"{PEOPLE}|{PEOPLE}|{PEOPLE}|done|{PEOPLE}":
        raise RuntimeError(f"not everybody has one copy: {counted}")


if __name__ == "__main__":
    main()
