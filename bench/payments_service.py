"""The payment function beside pgbench's TPC-B on one server, A B C A B C, plain and with a coupon in every fifth payment; then one
hot merchant beside many, with the fold running.

TPC-B: scale 50, 16 clients, prepared statements, its own database. The payments are the whole act (idempotency, limits, lots,
journal, audit, event, kept answer), in one statement a transaction, prepared as well, by the application's own login.
"""

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from bench.ground import ROOT, Ground, ground
from bench.live_coupons import DISCOUNT, ONE_IN, PRICE, put_out_coupons
from bench.load import cpu_seconds
from bench.report import figure, table, write
from bench.town import CODE, PAYERS, RESIDENT, SHOPS, audit, make_town

CLIENTS, ROUNDS, SECONDS = 16, 24, 2
PAY = """
\\set payer random(1, {payers})
\\set shop random(1, {shops})
\\set amount random({least}, {most})
SELECT status FROM wallet_pay(p_action => 'wallet.pay', p_actor => {resident}, p_subject => {resident},
  p_key => gen_random_uuid()::text, p_digest => '\\x{digest}', p_request_id => '', p_at => now(),
  p_kept_since => now() - interval '48 hours', p_code => {code}, p_shop => NULL, p_amount => :amount, p_currency => 'JPY',
  p_per_payment => 50000, p_per_day => 1000000000, p_payment => uuidv7(),
  p_receipt_number => substr(encode(uuid_send(gen_random_uuid()), 'base64'), 1, 11), p_audit => uuidv7(), p_event => uuidv7(),
  p_coupons => {coupons});
"""
COUPON = "jsonb_build_array(jsonb_build_object('use', uuidv7(), 'coupon', '{}', 'claim', NULL, 'discount', {}))"


@dataclass(frozen=True)
class Run:
    """One run of pgbench: transactions a second, CPU seconds of the server a transaction, latencies in ms."""

    per_s: float
    cpu: float
    latencies: list[float]


def main() -> list[dict[str, Any]]:
    """Measure, check the books, print and keep the figures."""
    with ground() as here:
        make_town(here)
        here.psql("CREATE DATABASE tpcb", "postgres")
        here.pgbench("tpcb", "postgres", "-i", "-s", "50", "-q")
        here.psql("CHECKPOINT")
        with tempfile.TemporaryDirectory() as scripts:
            many, one = _script(scripts, "many", SHOPS), _script(scripts, "one", 1)
            with_coupons = _with_coupons(here, scripts)
            _pay(here, *with_coupons)
            here.psql("ANALYZE")  # a city's tables are not empty, and their plans are not those of empty tables
            rounds = [(_tpcb(here), _pay(here, many), _pay(here, *with_coupons)) for _ in range(ROUNDS)]
            with folding(here):
                hot = [(_pay(here, many), _pay(here, one)) for _ in range(ROUNDS)]
        audit(here)
        _check_uses(here)
    tpcb = "TPC-B, scale 50, prepared"
    figures = [
        _compare("payments.service.ratio", tpcb, [(against, plain) for against, plain, _ in rounds], goal=0.5),
        _compare("payments.coupons.ratio", tpcb, [(against, run) for against, _, run in rounds], goal=0.5),
        _compare("payments.hot_merchant.ratio", f"payments at {SHOPS} merchants", hot, goal=0.9),
    ]
    write("payments_service", figures)
    print(table(figures))
    return figures


class folding:  # noqa: N801 - reads as the context that it is
    """The fold of the merchants' inboxes, running as in a city."""

    def __init__(self, here: Ground) -> None:
        """Take the ground."""
        self.here = here

    def __enter__(self) -> None:
        """Start the loop."""
        command = [sys.executable, "manage.py", "run_ledger_fold"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.here.environment, stdout=subprocess.DEVNULL)

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(timeout=30)


def _script(folder: str, name: str, shops: int, coupon: UUID | None = None) -> str:
    file = Path(folder) / f"{name}.sql"
    values = {"payers": PAYERS, "shops": shops, "digest": "00" * 32, "resident": RESIDENT.format("(:payer)::int")}
    values["code"] = CODE.format("(:shop)::int")
    values |= {"least": 1, "most": 9, "coupons": "NULL"} if coupon is None else {"least": PRICE, "most": PRICE}
    file.write_text(PAY.format_map({"coupons": COUPON.format(coupon, DISCOUNT)} | values))
    return str(file)


def _with_coupons(here: Ground, folder: str) -> list[str]:
    """Return the scripts of a load in which every fifth payment has one of the coupons, with their weights."""
    shop = here.psql("SELECT shop FROM bench_shop WHERE number = 1")
    coupons = put_out_coupons(UUID(shop))
    used = [f"{_script(folder, f'coupon-{number}', SHOPS, coupon)}@1" for number, coupon in enumerate(coupons)]
    return [f"{_script(folder, 'plain', SHOPS)}@{(ONE_IN - 1) * len(coupons)}", *used]


def _check_uses(here: Ground) -> None:
    """Hold that load to having used coupons: :raises RuntimeError: for fewer than one a client and second."""
    used = int(here.psql("SELECT count(*) FROM wallet_couponuse"))
    if used < ROUNDS * SECONDS * CLIENTS:
        raise RuntimeError(f"only {used} coupons were used")


def _tpcb(here: Ground) -> Run:
    return _run(here, "tpcb", "postgres", "-b", "tpcb-like")


def _pay(here: Ground, *scripts: str) -> Run:
    return _run(here, here.database, "machi_app", *(word for script in scripts for word in ("-f", script)))


def _run(here: Ground, database: str, user: str, *script: str) -> Run:
    before = cpu_seconds([here.pids["postgres"]])
    with tempfile.TemporaryDirectory() as folder:
        log = ["-l", "--log-prefix", f"{folder}/run", "--sampling-rate", "0.2"]
        load = ["-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS), "-n"]
        said = here.pgbench(database, user, *load, *log, *script)
        lines = [line.split() for file in Path(folder).glob("run.*") for line in file.read_text().splitlines()]
    count = int(re.findall(r"number of transactions actually processed: (\d+)", said)[0])
    if failed := [
        line for line in said.splitlines() if "failed transactions" in line and not line.endswith(": 0 (0.000%)")
    ]:
        raise RuntimeError(failed[0])
    cpu = (cpu_seconds([here.pids["postgres"]]) - before) / count
    return Run(count / SECONDS, cpu, sorted(int(line[2]) / 1000 for line in lines))


def _compare(name: str, yardstick: str, pairs: list[tuple[Run, Run]], *, goal: float) -> dict[str, Any]:
    rates = [run.per_s / against.per_s for against, run in pairs]
    latencies = sorted(latency for _against, run in pairs for latency in run.latencies)
    rows = figure(
        name,
        median(run.per_s for _against, run in pairs),
        "payments/s",
        yardstick=median(against.per_s for against, _run in pairs),
        n=sum(round(run.per_s * SECONDS) for _against, run in pairs),
        p50=latencies[len(latencies) // 2],
        p99=latencies[len(latencies) * 99 // 100],
        goal=goal,
        cpu_ratio=round(median(run.cpu / against.cpu for against, run in pairs), 2),
        measured_against=yardstick,
        clients=CLIENTS,
        ratios=[round(rate, 3) for rate in rates],
    )
    return rows | {"ratio": round(median(rates), 3)}


if __name__ == "__main__":
    main()
