"""Coins that are sent at once, in both directions, and a request that several pay at the same moment."""

from functools import partial

import pytest

from tests.concurrency.crowd import all_at_once
from tests.concurrency.test_ledger import assert_whole, codes
from tests.wallet.sending.stories import code_of
from tests.wallet.town import Town, amount_of
from wallet import services
from wallet.models import Transfer

pytestmark = pytest.mark.postgres


@pytest.fixture
def town(committed_db, settings) -> Town:
    """Build a town in a database of its own, where many sends a day are allowed."""
    settings.SEND = settings.SEND | {"count_per_day": 1_000}
    return Town()


def test_fifty_times_to_one_another_at_once_no_deadlock_and_the_sum_is_kept(town):
    yuki, aoi = town.resident(yen=5_000), town.resident(yen=5_000)
    to = {yuki: code_of(town, aoi), aoi: code_of(town, yuki)}
    sends = [partial(services.send, town.act(who), to=to[who], amount=7) for _ in range(50) for who in (yuki, aoi)]
    assert codes(all_at_once(sends)) == {"done": 100}
    assert (amount_of(yuki.account), amount_of(aoi.account)) == (5_000, 5_000)
    assert_whole()


def test_the_last_coins_are_sent_once(town):
    yuki, aoi = town.resident(yen=100), town.resident()
    code = code_of(town, aoi)
    sends = [partial(services.send, town.act(yuki), to=code, amount=100) for _ in range(20)]
    assert codes(all_at_once(sends)) == {"done": 1, "insufficient_funds": 19}
    assert amount_of(aoi.account) == 100


def test_a_day_s_limit_cannot_be_raced(town, settings):
    settings.SEND = settings.SEND | {"per_day": 500}
    yuki, aoi, mio = town.resident(yen=5_000), town.resident(), town.resident()
    to = [code_of(town, aoi), code_of(town, mio)]
    sends = [partial(services.send, town.act(yuki), to=to[number % 2], amount=100) for number in range(20)]
    assert codes(all_at_once(sends)) == {"done": 5, "limit_sends_per_day": 15}


def test_one_key_twenty_times_sends_once(town):
    yuki, aoi = town.resident(yen=5_000), town.resident()
    code = code_of(town, aoi)
    answers = all_at_once(
        partial(services.send.answer, town.act(yuki, key="the-one-key"), to=code, amount=70) for _ in range(20)
    )
    assert len({answer.body for answer in answers}) == 1
    assert (amount_of(aoi.account), Transfer.objects.count()) == (70, 1)


def test_a_request_is_paid_by_one_phone_of_one_of_many(town):
    aoi, people = town.resident(), [town.resident(yen=500) for _ in range(6)]
    request = services.request_money(town.act(aoi), amount=300, people=2)
    pays = [partial(services.pay_request, town.act(person), token=request.link, amount=150) for person in people * 2]
    outcomes = codes(all_at_once(pays))
    assert outcomes["done"] == 2
    assert outcomes.keys() <= {"done", "request_over", "request_answered"}
    assert amount_of(aoi.account) == 300
    assert_whole()
