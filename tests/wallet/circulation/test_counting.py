"""What was counted is what the ledger says, to the yen: after a random life, in whatever order it was committed, and rebuilt."""

import threading
import time
from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import connection

from tests.wallet.circulation.books import counted, moves_in_ledger, rows, sales_in_ledger
from tests.wallet.simulation import Simulation
from wallet import services
from wallet.models import CirculationDue, CirculationMove, CirculationSale
from wallet.services.circulation import check_circulation, forget_counts, refresh_circulation

pytestmark = pytest.mark.postgres


def assert_as_the_ledger_says() -> None:
    assert (
        rows("SELECT day, kind, debit_kind, credit_kind, yen, postings FROM wallet_circulationmove")
        == moves_in_ledger()
    )
    sales = rows("SELECT day, hour, shop_id, yen FROM wallet_circulationsale")
    assert [row for row in sales if row[3]] == [row for row in sales_in_ledger() if row[3]]


def refresh_until_quiet(at: datetime) -> None:
    """Refresh until no day is looked at again: that waits for every transaction of the server, other test processes' too."""
    deadline = time.monotonic() + 120
    while refresh_circulation(at=at):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.slow  # a life of three weeks, counted after every tenth of it
@pytest.mark.parametrize("seed", [3, 20261103])
def test_counted_in_pieces_equals_rebuilt_equals_summed(committed_db, seed):
    life = Simulation(seed, residents=14, shops=3)
    for _ in range(10):
        life.live(40)
        refresh_circulation(at=life.town.at)
    refresh_circulation(at=life.town.at + timedelta(days=8))
    assert_as_the_ledger_says()
    assert rows("SELECT yen FROM wallet_circulationfigure WHERE about = 'total'")
    in_pieces = counted()
    forget_counts()
    refresh_circulation(at=life.town.at + timedelta(days=8))
    assert counted() == in_pieces
    assert check_circulation(at=life.town.at + timedelta(days=8)) == 0
    assert counted() == in_pieces


def test_a_refund_after_midnight_counts_on_its_own_day(town):
    yuki, shop = town.resident(yen=1000), town.till()
    receipt = services.pay_at_once(town.act(yuki, after=timedelta(hours=11)), code=shop.code, amount=400)
    services.refund_payment(town.act(shop.cashier, after=timedelta(hours=13)), payment_id=receipt.id, amount=150)
    refresh_circulation(at=town.at)
    said = [(str(row.day), row.hour, row.yen, row.payments) for row in CirculationSale.objects.order_by("day", "hour")]
    assert said == [("2026-11-03", 23, 400, 1), ("2026-11-04", 1, -150, 0)]
    assert_as_the_ledger_says()


def test_what_commits_late_under_an_early_number_is_not_lost(town, committed_db):
    """A transaction draws its number first and commits last; looks come before, between and after, on either side of an hour."""
    yuki, shop = town.resident(yen=1000), town.till()
    refresh_circulation(at=town.at)
    with psycopg.connect(committed_db.owner_url) as slow:
        slow.execute(
            "WITH j AS (INSERT INTO wallet_journal (kind, actor, idem_key, request_digest, at)"
            " VALUES ('payment', %s, 'slow-one', sha256('slow'), %s) RETURNING id) INSERT INTO wallet_posting"
            " (journal_id, line, debit_id, credit_id, currency, amount) SELECT id, 1, %s, %s, 'JPY', 7 FROM j",
            [yuki.actor, town.at - timedelta(days=3), yuki.account, shop.account],
        )
        for hour in range(4):
            services.pay_at_once(town.act(yuki), code=shop.code, amount=100)
            refresh_circulation(at=town.at + timedelta(hours=hour))
        assert sum(CirculationMove.objects.filter(kind="payment").values_list("yen", flat=True)) == 400
        slow.commit()
    refresh_circulation(at=town.at + timedelta(hours=5))
    assert sum(CirculationMove.objects.filter(kind="payment").values_list("yen", flat=True)) == 407
    refresh_until_quiet(town.at + timedelta(hours=9))
    assert sum(CirculationMove.objects.filter(kind="payment").values_list("yen", flat=True)) == 407


def test_payments_while_it_counts_are_all_counted_in_the_end(town):
    yuki, shop = town.resident(yen=30_000), town.till()
    done = threading.Event()

    def pay() -> None:
        for _ in range(60):
            services.pay_at_once(town.act(yuki), code=shop.code, amount=10)
        connection.close()
        done.set()

    payer = threading.Thread(target=pay)
    payer.start()
    while not done.is_set():
        refresh_circulation(at=town.at)
    payer.join()
    refresh_circulation(at=town.at)
    assert_as_the_ledger_says()


def test_an_interrupted_count_goes_on_where_it_stopped(town, monkeypatch):
    yuki, shop = town.resident(yen=1000), town.till()
    for day in range(3):
        services.pay_at_once(town.act(yuki, after=timedelta(days=day)), code=shop.code, amount=100)

    def stop(day) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("wallet.services.circulation.count_day", stop)
        with pytest.raises(KeyboardInterrupt):
            refresh_circulation(at=town.at)
    assert CirculationDue.objects.filter(kind="day").count() == 3
    refresh_circulation(at=town.at)
    assert_as_the_ledger_says()


def test_the_nightly_check_finds_a_day_that_differs(town):
    yuki, shop = town.resident(yen=1000), town.till()
    services.pay_at_once(town.act(yuki), code=shop.code, amount=100)
    refresh_until_quiet(town.at)
    CirculationMove.objects.filter(kind="payment").update(yen=99)
    assert check_circulation(at=town.at) == 1
    assert_as_the_ledger_says()
