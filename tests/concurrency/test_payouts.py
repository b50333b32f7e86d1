"""Races for payouts, run as races: two who pay or approve at once, and the last of a period's ceiling."""

from collections import Counter
from datetime import UTC, datetime
from functools import partial

import pytest
from django.test import override_settings

from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import assert_whole
from tests.wallet.payouts.office import SAID, TO, PayoutOffice
from tests.wallet.settlement.market import SETTLEMENT
from tests.wallet.town import NOON, amount_of
from wallet import services
from wallet.models import CoinPayout, Journal

pytestmark = pytest.mark.postgres


@pytest.fixture
def office(committed_db):
    """Build an office in a database of its own: races commit."""
    with override_settings(SETTLEMENT=SETTLEMENT):
        yield PayoutOffice()


def codes(outcomes) -> Counter:
    return Counter(outcome if isinstance(outcome, str) else "done" for outcome in outcomes)


def test_asked_approved_paid_and_written_by_ten_at_once_is_once(office):
    person, act = office.town.resident(yen=9_000), office.town.act
    asked = all_at_once(partial(services.ask_payout, act(person), wish="moving", bank=TO) for _ in range(10))
    assert codes(asked) == {"done": 1, "payout_under_way": 9}
    row = CoinPayout.objects.get()
    services.open_payout(act(office.first), payout_id=row.pk, **SAID)
    approved = all_at_once(partial(services.approve_payout, act(office.second), payout_id=row.pk) for _ in range(10))
    assert codes(approved) == {"done": 1, "payout_decided": 9}
    written = all_at_once(partial(services.write_payout_file, act(office.first)) for _ in range(6))
    assert codes(written) == {"done": 1, "nothing_to_pay": 5}
    back = all_at_once(partial(services.return_payout, act(office.first), payout_id=row.pk, why="x") for _ in range(6))
    assert codes(back) == {"done": 1, "payout_decided": 5}
    assert (amount_of(person.account), Journal.objects.filter(kind="payout").count()) == (9_000, 1)
    assert_whole()


def test_payments_beside_a_payout_never_spend_a_coin_twice(office):
    person, shop, act = office.town.resident(yen=5_000), office.town.till(), office.town.act
    opened = office.opened(person, TO)
    outcomes = all_at_once(
        [
            partial(services.approve_payout, act(office.second), payout_id=opened.id),
            *(partial(services.pay_at_once, act(person), code=shop.code, amount=1_000) for _ in range(5)),
        ]
    )
    told = codes(outcomes)
    assert told in ({"done": 1, "insufficient_funds": 5}, {"done": 5, "paid_coins_short": 1})
    assert amount_of(person.account) == 0
    assert_whole()


def test_the_last_of_the_ceiling_is_given_once(office):
    office.town.at = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
    people = [office.town.resident(yen=1_000) for _ in range(10)]  # 20 % of ten thousand: two of them
    office.town.at = NOON
    opened = [office.opened(person, TO, case="small") for person in people]
    act = office.town.act
    outcomes = all_at_once(partial(services.approve_payout, act(office.second), payout_id=each.id) for each in opened)
    assert codes(outcomes) == {"done": 2, "payout_over_ceiling": 8}
    assert_whole()
