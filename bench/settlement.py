"""A million credits of two hundred shops, settled: drawn up, approved and written, by the services; the memory of the process
measured.

The yardstick of ``settlement.million.s`` is one bare ``INSERT … SELECT`` of as many rows into a table with the lines' keys, on
the same server. Every figure is held against sums taken straight from the postings, and against the audit.
"""

import resource
import time
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from bench.ground import Ground, ground
from bench.report import figure, table, write
from bench.town import audit, make_town

CREDITS = 1_000_000
GOAL_S = 60
GOAL_MIB = 64
CUT_OFF = date(2026, 11, 15)
AT = datetime(2026, 11, 16, tzinfo=UTC)
OFFICERS = [UUID(int=1), UUID(int=2), UUID(int=3)]
TERMS = {"fee_basis_points": 100, "least_transfer": 1000}

CREDITED = f"""
INSERT INTO wallet_journal (kind, actor, idem_key, request_digest, at)
  SELECT 'payment', p.resident, 'bench-pay-' || n, sha256('bench'), '2026-11-01Z'::timestamptz + n * interval '1 second'
  FROM generate_series(1, {CREDITS}) n JOIN bench_payer p ON p.number = 1 + n % 2000;
INSERT INTO wallet_posting (journal_id, line, debit_id, credit_id, currency, amount)
  SELECT j.id, 1, p.account, s.account, 'JPY', 100 + j.id % 900 FROM wallet_journal j
  JOIN bench_payer p ON p.resident = j.actor JOIN bench_shop s ON s.number = 1 + j.id % 200 WHERE j.kind = 'payment';
INSERT INTO wallet_payment (id, journal_id, account_id, shop_id, amount, refunded, status, receipt_number, at, version, counted_on)
  SELECT gen_random_uuid(), j.id, p.debit_id, s.shop, p.amount, 0, 'paid', 'P' || lpad(j.id::text, 10, '0'), j.at, 1, NULL
  FROM wallet_journal j JOIN wallet_posting p ON p.journal_id = j.id JOIN bench_shop s ON s.account = p.credit_id
  WHERE j.kind = 'payment';
INSERT INTO wallet_creditinbox (account_id, journal_id, amount)
  SELECT credit_id, journal_id, amount FROM wallet_posting WHERE credit_id IN (SELECT account FROM bench_shop);
UPDATE wallet_balance b SET amount = amount - t.spent FROM (SELECT debit_id, sum(amount) AS spent FROM wallet_posting
  WHERE credit_id IN (SELECT account FROM bench_shop) GROUP BY 1) t WHERE t.debit_id = b.account_id;
INSERT INTO wallet_lotmove (journal_id, lot_id, delta) SELECT p.journal_id, l.id, -p.amount FROM wallet_posting p
  JOIN wallet_lot l ON l.account_id = p.debit_id AND l.kind = 'paid' WHERE p.credit_id IN (SELECT account FROM bench_shop);
UPDATE wallet_lot l SET remaining = remaining - t.spent FROM (SELECT lot_id, -sum(delta) AS spent FROM wallet_lotmove
  WHERE delta < 0 GROUP BY 1) t WHERE t.lot_id = l.id;
"""
YARDSTICK = """
CREATE TABLE bench_line (journal_id bigint, line smallint, batch_id uuid, account_id uuid, amount bigint,
  PRIMARY KEY (journal_id, line));
CREATE INDEX ON bench_line (batch_id, account_id);
"""
BARE = """INSERT INTO bench_line SELECT journal_id, line, '00000000-0000-7000-8000-000000000001', credit_id, amount
  FROM wallet_posting WHERE credit_id IN (SELECT account FROM bench_shop)"""


def main() -> list[dict[str, Any]]:
    """Measure, check every sum, print and keep the figures."""
    with ground() as here:
        make_town(here)
        here.psql(f"BEGIN; {CREDITED} COMMIT; ANALYZE; CHECKPOINT; {YARDSTICK}")
        began = time.monotonic()
        here.psql(BARE)
        bare = time.monotonic() - began
        seconds, grown = _settle()
        _check(here)
        audit(here)
    figures = [
        figure("settlement.million.s", seconds, "s", yardstick=bare, n=CREDITS, limit=GOAL_S,
               measured_against="INSERT … SELECT of as many rows with the same keys"),
        figure("settlement.million.mib", grown, "MiB", yardstick=GOAL_MIB, n=CREDITS, limit=GOAL_MIB,
               measured_against="memory that the process may grow by"),
    ]  # fmt: skip
    write("settlement", figures)
    print(table(figures))
    late = [row["name"] for row in figures if row["figure"] > row["limit"]]
    if late:
        raise SystemExit(f"over the goal: {late}")
    return figures


def _settle() -> tuple[float, float]:
    """Settle in this process; return seconds and by how many MiB its memory grew."""
    import django  # noqa: PLC0415 - the ground has just set where the database is

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from kernel.principal import SYSTEM  # noqa: PLC0415
    from kernel.use_case import Act  # noqa: PLC0415
    from wallet import services  # noqa: PLC0415
    from wallet.engine.settled import BankEntry  # noqa: PLC0415

    settings.SETTLEMENT["terms"] |= TERMS
    act = _Acts(Act, SYSTEM)
    branch = BankEntry("001", "本店", "ホンテン", "9901")
    services.import_banks(act(0), banks=[BankEntry("9901", "見本", "ミホン")], branches=[branch])
    _accounts(act, services)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    batch = services.draw_up_settlement(act(1), cut_off_on=CUT_OFF)
    services.check_settlement(act(1), batch_id=batch.id)
    services.approve_settlement(act(2), batch_id=batch.id)
    services.write_settlement_file(act(2), batch_id=batch.id)
    seconds = time.monotonic() - began
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


class _Acts:
    """Makes acts of one officer or another, each under a key of its own."""

    def __init__(self, act: Any, system: Any) -> None:
        self.act, self.system, self.count = act, system, 0

    def __call__(self, officer: int) -> Any:
        self.count += 1
        who = type("Officer", (type(self.system),), {"actor": OFFICERS[officer]})()
        return self.act(who, at=AT, key=f"bench-act-{self.count}")


def _accounts(act: _Acts, services: Any) -> None:
    from wallet.selectors.shops import every_organisation  # noqa: PLC0415

    for organisation_id in every_organisation():
        named = services.register_payout_account(
            act(0), organisation_id=organisation_id, bank_code="9901", branch_code="001", account_type="1",
            number="1234567", holder="ミホンショウテン",
        )  # fmt: skip
        services.verify_payout_account(act(1), payout_id=named.id, why="bench")


def _check(here: Ground) -> None:
    """Hold batch, lines, ledger and file against the postings; :raises RuntimeError: where a yen is missing."""
    wanted = here.psql(
        "SELECT count(*), sum(gross), sum(floor(gross / 100)), sum(gross - floor(gross / 100)) FROM ("
        "SELECT sum(amount) AS gross FROM wallet_posting WHERE credit_id IN (SELECT account FROM bench_shop) GROUP BY credit_id) t"
    )
    batch = here.psql(
        "SELECT (SELECT count(*) FROM wallet_settlementtransfer), gross, fee, net FROM wallet_settlementbatch"
    )
    lines = here.psql("SELECT count(*) FROM wallet_settlementline")
    books = here.psql("SELECT sum(amount) FROM wallet_posting WHERE credit_id = '00000000-0000-7000-8000-000000000106'")
    file = here.psql("SELECT total FROM wallet_settlementfile")
    if batch != wanted or lines != str(CREDITS) or not books == file == wanted.split("|")[3]:
        raise RuntimeError(f"wanted {wanted}, batch {batch}, {lines} lines, books {books}, file {file}")


if __name__ == "__main__":
    main()
