"""A small made-up town lives for ten days: its books are whole, and the same seed writes them again."""

import re
from datetime import date

import pytest

from accounts.models import Resident
from kernel.clock import jst_midnight
from tests.conftest import _fresh_database
from tests.wallet.audit import assert_whole
from wallet.demo.town import Plan, live
from wallet.demo.town.people import officer_id, resident_id
from wallet.management.town_report import report_on
from wallet.selectors.town_books import books_digest, daily_moves

PLAN = Plan(people=300, days=10, seed=7, first_day=date(2026, 10, 8))


def lived(plan: Plan):
    at = jst_midnight(plan.first_day)
    ids = [resident_id(number) for number in range(plan.people)] + [officer_id(number) for number in range(2)]
    Resident.objects.bulk_create([Resident(id=each, created_at=at) for each in ids])
    found = live(plan)
    assert_whole()
    return found, books_digest([*found.accounts, *found.shops])


@pytest.mark.slow  # two thousand acts through the services
def test_a_small_town_is_whole_and_settled(committed_db):
    found, digest = lived(PLAN)
    assert found.done.keys() >= {"pay", "top_up", "send", "hold", "capture", "refund", "void", "settled"}
    assert found.settled == ["2026-09-30", "2026-10-15"]
    moved = {(source, target) for _day, source, target, _yen, _count in daily_moves()}
    assert moved >= {
        ("resident", "merchant"),
        ("merchant", "resident"),
        ("merchant", "bank"),
        ("counter_cash", "resident"),
    }
    page = report_on(found, [], digest, 1)
    charts = re.findall(r'<svg class="drawn.*?</svg>', page, re.DOTALL)
    assert len(charts) >= 5
    assert all(re.search(r"<(polyline|rect|circle) ", chart) for chart in charts)


@pytest.mark.slow  # three towns, each in a database of its own
def test_a_seed_repeats_its_town_exactly(database_server, valkey_server, django_db_setup, django_db_blocker):
    digests = []
    with django_db_blocker.unblock():
        for seed in (7, 7, 8):
            with _fresh_database(database_server):
                digests.append(lived(Plan(people=40, days=6, seed=seed, first_day=PLAN.first_day))[1])
    assert digests[0] == digests[1] != digests[2]
