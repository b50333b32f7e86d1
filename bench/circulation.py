"""The page of circulation on a year of a busy city: five million postings, counted beforehand, correct to the yen."""

import time
from statistics import median, quantiles
from typing import Any

from bench.ground import Ground, ground
from bench.report import figure, table, write

PEOPLE, SHOPS, DISTRICTS, DAYS = 30_000, 400, 20, 364
POSTINGS = 5_000_000
DAY = 50_000
ROUNDS = 30
GOAL_MS = 300
FIRST = "2025-10-06"  # a Monday

TOWN = f"""
SET session_replication_role = replica;
CREATE TABLE bench_person AS SELECT n, gen_random_uuid() AS account FROM generate_series(0, {PEOPLE - 1}) n;
CREATE TABLE bench_shop AS SELECT n, gen_random_uuid() AS shop, gen_random_uuid() AS account FROM generate_series(0, {SHOPS - 1}) n;
INSERT INTO wallet_account (id, kind, currency, opened_at)
  SELECT account, 'resident', 'JPY', TIMESTAMPTZ '{FIRST}' FROM bench_person
  UNION ALL SELECT account, 'merchant', 'JPY', TIMESTAMPTZ '{FIRST}' FROM bench_shop;
INSERT INTO wallet_shop (id, organisation_id, account_id, currency, name, name_en, name_kana, trade, district, kind, kind_en,
    address, address_en, telephone, opened_at)
  SELECT shop, gen_random_uuid(), account, 'JPY', '見本商店' || n, 'Sample shop ' || n, '',
         (ARRAY['5812', '5411', '5462', '5912', '5942', '5331', '7230', '5999', '5541', '5921'])[1 + n / {DISTRICTS} % 10],
         '地区' || lpad((n % {DISTRICTS})::text, 2, '0'), '', '', '', '', '',
         TIMESTAMPTZ '{FIRST}' FROM bench_shop;
CREATE UNIQUE INDEX ON bench_person (n); CREATE UNIQUE INDEX ON bench_shop (n); ANALYZE bench_person, bench_shop;
"""
DRAWN = """
CREATE TABLE bench_deal AS
  SELECT nextval('wallet_journal_id_seq') AS id, k,
         ('{first}'::timestamp AT TIME ZONE 'Asia/Tokyo') + make_interval(secs => day * 86400 + 32400 + second) AS at,
         person, shop, CASE WHEN k % 25 = 0 THEN 'refund' ELSE 'payment' END AS kind, 100 + 10 * (hashint4(k) & 127) AS amount
    FROM (SELECT k, k::bigint * {days} / {postings} + {day} AS day, (hashint4(k * 7) & 65535) % 39600 AS second,
                 (hashint4(k * 3 + 1) & 2147483647) % {people} AS person,
                 ((hashint4(k * 5 + 2) & 1023) * (hashint4(k * 11 + 3) & 1023) / 1024) * {shops} / 1024 AS shop
            FROM generate_series({since}, {until}) k) drawn;
INSERT INTO wallet_journal (id, kind, actor, idem_key, request_digest, at)
  SELECT id, kind, '00000000-0000-7000-8000-000000000000', 'bench-key-' || id, '\\x{digest}', at FROM bench_deal;
INSERT INTO wallet_posting (journal_id, line, debit_id, credit_id, currency, amount)
  SELECT d.id, 1, CASE d.kind WHEN 'payment' THEN p.account ELSE s.account END,
         CASE d.kind WHEN 'payment' THEN s.account ELSE p.account END, 'JPY', d.amount
    FROM bench_deal d JOIN bench_person p ON p.n = d.person JOIN bench_shop s ON s.n = d.shop;
INSERT INTO wallet_payment (id, journal_id, account_id, shop_id, amount, refunded, status, receipt_number, at, version)
  SELECT gen_random_uuid(), d.id, p.account, s.shop, d.amount, 0, 'paid', lpad(d.id::text, 11, '0'), d.at, 1
    FROM bench_deal d JOIN bench_person p ON p.n = d.person JOIN bench_shop s ON s.n = d.shop WHERE d.kind = 'payment';
DROP TABLE bench_deal;
"""
DIRECT = """
SELECT sum(CASE WHEN c.kind = 'merchant' THEN p.amount ELSE -p.amount END)
  FROM wallet_posting p JOIN wallet_journal j ON j.id = p.journal_id JOIN wallet_account c ON c.id = p.credit_id
 WHERE j.at >= '{first}'::timestamp AT TIME ZONE 'Asia/Tokyo'
   AND j.at < ('{first}'::timestamp + interval '{days} days') AT TIME ZONE 'Asia/Tokyo'
"""


def main() -> list[dict[str, Any]]:
    """Fill a year, count it, measure page and update, and hold both against plain sums."""
    with ground("machi_bench_circulation", {"MACHI_DEMO": ""}) as here:
        _fill(here)
        figures = _measure(here)
    write("circulation", figures)
    print(table(figures))
    return figures


def _fill(here: Ground) -> None:
    here.psql(TOWN)
    step = 500_000
    for since in range(1, POSTINGS + 1, step):
        _book(here, since, since + step - 1)
    here.psql("ANALYZE")


def _book(here: Ground, since: int, until: int, day: int = 0, days: int = DAYS) -> None:
    here.psql(
        "SET session_replication_role = replica;"
        + DRAWN.format(
            first=FIRST, days=days, postings=POSTINGS + 1, day=day, people=PEOPLE, shops=SHOPS, since=since, until=until,
            digest="00" * 32,
        )
    )  # fmt: skip


def _measure(here: Ground) -> list[dict[str, Any]]:
    import django  # noqa: PLC0415 - the ground has just set where the database is

    django.setup()
    from datetime import UTC, date, datetime, timedelta  # noqa: PLC0415

    from wallet.selectors.circulation import Weeks, circulation, effect_of  # noqa: PLC0415
    from wallet.services.circulation import refresh_circulation  # noqa: PLC0415

    first = date.fromisoformat(FIRST)
    at = datetime(2026, 10, 5, 1, tzinfo=UTC)
    counted_s = _seconds(lambda: refresh_circulation(at=at))
    here.psql("ANALYZE")
    year, month = (
        Weeks(first, first + timedelta(weeks=51)),
        Weeks(first + timedelta(weeks=48), first + timedelta(weeks=51)),
    )
    _check(here, circulation(year).spent.yen, DAYS, first)
    times = {}
    for name, weeks, filters in (
        ("year", year, {}), ("month", month, {}), ("district", year, {"district": "地区03"}), ("trade", year, {"trade": "5812"}),
    ):  # fmt: skip

        def page(weeks: Weeks = weeks, filters: dict[str, str] = filters) -> None:
            circulation(weeks, **filters)
            effect_of(weeks, **filters)

        times[name] = [_seconds(page) * 1000 for _ in range(ROUNDS)]
    _book(here, POSTINGS + 1, POSTINGS + DAY, day=DAYS, days=0)
    update_s = _seconds(lambda: refresh_circulation(at=at))
    _check(here, circulation(Weeks(first, first + timedelta(weeks=51))).spent.yen, DAYS, first)
    found = int(here.psql(f"SELECT sum(postings) FROM wallet_circulationmove WHERE day = DATE '{FIRST}' + {DAYS}"))
    if found != DAY:
        raise RuntimeError(f"{found} of {DAY} new postings were counted")
    return _figures(times, counted_s, update_s)


def _check(here: Ground, said: int | None, days: int, first: Any) -> None:
    """Hold the page's sum against the ledger's; :raises RuntimeError: where a yen is missing."""
    booked = int(here.psql(DIRECT.format(first=first, days=days)))
    if said != booked:
        raise RuntimeError(f"the page says {said} yen, the ledger {booked}")


def _seconds(act: Any) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _figures(times: dict[str, list[float]], counted_s: float, update_s: float) -> list[dict[str, Any]]:
    slowest = max(times.values(), key=median)
    p95 = quantiles(slowest, n=20)[-1]
    page = figure(
        "circulation.page.p95_ms", p95, "ms", yardstick=GOAL_MS, n=ROUNDS * len(times), p50=median(slowest), p99=max(slowest),
        goal=1, postings=POSTINGS, measured_against="the goal of 300 ms, by the slowest of the pages; its ratio is goal to figure",
        medians={name: round(median(each), 1) for name, each in times.items()},
    )  # fmt: skip
    return [
        page | {"ratio": round(GOAL_MS / p95, 3)},
        figure("circulation.update.s", update_s, "s for 50,000 new postings of one day", yardstick=update_s, n=1),
        figure("circulation.rebuild.s", counted_s, "s for 5,000,000 postings", yardstick=counted_s, n=1),
    ]


if __name__ == "__main__":
    main()
