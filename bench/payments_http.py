"""Payments over real HTTP with everything on, beside a bare DRF view that inserts one row, A B A B on one server; then the same
with two hundred live coupons and one of them in every fifth payment.

Both go through the same middleware, bearer authentication (a JWT, its session and its user looked up) and threads. The yardstick
chooses the server's workers and threads: the best that it finds.
"""

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import UUID

from bench.ground import Ground, ground, web
from bench.live_coupons import DISCOUNT, ONE_IN, PRICE, put_out_coupons
from bench.load import Load, Make, cpu_seconds, hammer, request
from bench.payments_service import folding
from bench.report import figure, table, write
from bench.town import audit

CLIENTS, ROUNDS, SECONDS, RESIDENTS = 16, 12, 4, 64
LAYOUTS = [(1, 4), (1, 8), (2, 4), (2, 8)]  # workers, threads of each
BOOKED = (
    "SELECT count(*) FROM wallet_payment p JOIN wallet_journal j ON j.id = p.journal_id"
    " WHERE starts_with(j.idem_key, 'bench-payments-')"
)
TABLE = """
CREATE TABLE IF NOT EXISTS bench_row (
  id uuid PRIMARY KEY, actor uuid NOT NULL, key text NOT NULL, amount bigint NOT NULL, code text NOT NULL, at timestamptz NOT NULL
);
GRANT INSERT, SELECT ON bench_row TO machi_app;
"""
LIMITS = {"MACHI_COIN_PER_DAY": "1000000000", "MACHI_COIN_BALANCE": "1000000000"}


@dataclass(frozen=True)
class Run:
    """One load and what it cost the web server and PostgreSQL in CPU seconds a request."""

    load: Load
    cpu: float


def main() -> list[dict[str, Any]]:
    """Measure, check the books, print and keep the figures."""
    with ground(environment=LIMITS) as here:
        here.manage("demo_city")
        here.psql(TABLE)
        people = json.loads(here.manage("demo_tokens", "--json", "--residents", str(RESIDENTS)))
        code, shop_id, payers = _fill_wallets(RESIDENTS)
        tokens = [person["token"] for person in people if person["resident_id"] in payers]
        rows, payments = _requests("/bench/rows", tokens, code), _requests("/api/v1/wallet/payments", tokens, code)
        layout = _tune(here, rows)
        with web(here, workers=layout[0], threads=layout[1]) as port, folding(here):
            for make in (rows, payments):
                hammer(port, make, clients=CLIENTS, seconds=4)
            pairs = [(_run(here, port, rows), _run(here, port, payments)) for _ in range(ROUNDS)]
            coupons = itertools.cycle(put_out_coupons(shop_id))
            couponed = _requests("/api/v1/wallet/payments", tokens, code, coupons)
            hammer(port, couponed, clients=CLIENTS, seconds=4)
            with_coupons = [(_run(here, port, rows), _run(here, port, couponed)) for _ in range(ROUNDS)]
        audit(here)
        _count(here, pairs + with_coupons)
    figures = [
        _compare("payments.http.ratio", pairs, layout),
        _compare("payments.http_coupons.ratio", with_coupons, layout),
    ]
    write("payments_http", figures)
    print(table(figures))
    return figures


def _tune(here: Ground, rows: Make) -> tuple[int, int]:
    found = {}
    for layout in LAYOUTS:
        with web(here, workers=layout[0], threads=layout[1]) as port:
            hammer(port, rows, clients=CLIENTS, seconds=2)
            found[layout] = hammer(port, rows, clients=CLIENTS, seconds=4).per_s
    return max(found, key=lambda layout: found[layout])


def _run(here: Ground, port: int, make: Make) -> Run:
    pids = [here.pids["web"], here.pids["postgres"]]
    before = cpu_seconds(pids)
    load = hammer(port, make, clients=CLIENTS, seconds=SECONDS)
    if load.other:
        raise RuntimeError(f"unexpected answers {load.other}: {load.example.decode()[:500]}")
    return Run(load, (cpu_seconds(pids) - before) / len(load.latencies))


def _requests(path: str, tokens: list[str], code: str, coupons: Iterator[UUID] | None = None) -> Make:
    """Return the requests of a load; with ``coupons`` every fifth has the next of them, as it was quoted."""
    numbers, dice = itertools.count(), random.Random(path)

    def make(client: int, turn: int) -> bytes:
        token = tokens[(client + turn * CLIENTS) % len(tokens)]
        asked: dict[str, Any] = {"code": code, "amount": dice.randint(1, 9)}
        if coupons is not None and not dice.randrange(ONE_IN):
            asked |= {"amount": PRICE, "coupons": [{"coupon": str(next(coupons)), "discount": DISCOUNT}]}
        body = json.dumps(asked).encode()
        key = f"bench-{path.rpartition('/')[2]}-{next(numbers)}-{dice.getrandbits(64):x}"
        return request("POST", path, body, Authorization=f"Bearer {token}", Idempotency_Key=key)

    return make


def _fill_wallets(residents: int) -> tuple[str, UUID, set[str]]:
    """Give the payers coins enough through the wallet's own service; return a shop's code, its id, and whose wallet is open."""
    import django  # noqa: PLC0415 - the ground has just set where the database is

    django.setup()
    from accounts.selectors import personas  # noqa: PLC0415
    from kernel import clock  # noqa: PLC0415
    from kernel.principal import SYSTEM  # noqa: PLC0415
    from kernel.use_case import Act  # noqa: PLC0415
    from wallet import services  # noqa: PLC0415
    from wallet.models import Balance, Shop  # noqa: PLC0415
    from wallet.selectors.merchant_codes import shop_code  # noqa: PLC0415

    payers = set()
    for user in personas.seeded_residents(residents):
        account = services.open_account(Act(SYSTEM, at=clock.now()), resident_id=user.resident_id)
        act = Act(SYSTEM, at=clock.now(), key=f"bench-coins-{user.resident_id}")
        services.issue_coins(act, account_id=account.id, amount=4_000_000)
        if not Balance.objects.get(pk=account.id).frozen:
            payers.add(str(user.resident_id))
    shop = Shop.objects.order_by("id")[0]
    standing = shop_code(shop)
    if standing is None:
        raise RuntimeError("the demo city's first shop has no code")
    return standing.code, shop.pk, payers


def _count(here: Ground, pairs: list[tuple[Run, Run]]) -> None:
    """Hold what was answered against what stands in the tables; :raises RuntimeError: where they differ."""
    answered = sum(len(rows.load.latencies) for rows, _payments in pairs)
    if int(here.psql("SELECT count(*) FROM bench_row")) < answered:
        raise RuntimeError("the yardstick answered more rows than it inserted")
    paid = sum(len(payments.load.latencies) for _rows, payments in pairs)
    booked = int(here.psql(BOOKED))
    if booked < paid:
        raise RuntimeError(f"{paid} payments were answered and {booked} booked")


def _compare(name: str, pairs: list[tuple[Run, Run]], layout: tuple[int, int]) -> dict[str, Any]:
    ratios = [payments.load.per_s / rows.load.per_s for rows, payments in pairs]
    whole = Load(latencies=[latency for _rows, payments in pairs for latency in payments.load.latencies])
    row = figure(
        name,
        median(payments.load.per_s for _rows, payments in pairs),
        "payments/s",
        yardstick=median(rows.load.per_s for rows, _payments in pairs),
        n=len(whole.latencies),
        p50=whole.percentile_ms(0.5),
        p99=whole.percentile_ms(0.99),
        goal=0.8,
        cpu_ratio=round(median(payments.cpu / rows.cpu for rows, payments in pairs), 2),
        tail=round(whole.percentile_ms(0.99) / whole.percentile_ms(0.5), 2),
        measured_against="bare DRF view that inserts one row of six columns",
        authentication="accounts.api.authentication.BearerAuthentication",
        driver="psycopg 3, pooled, prepared",
        server=f"granian WSGI, {layout[0]} workers of {layout[1]} threads",
        clients=CLIENTS,
        ratios=[round(ratio, 3) for ratio in ratios],
    )
    return row | {"ratio": round(median(ratios), 3)}


if __name__ == "__main__":
    main()
