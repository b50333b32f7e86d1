"""What may be given back at a shop without its manager: of one payment, of one day in Japan, whatever tills do at once."""

from datetime import timedelta
from functools import partial

import psycopg
import pytest

from kernel.problems import NotAllowed
from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import broken
from tests.wallet.town import TILL, Person, Town
from wallet import services
from wallet.errors import RefundNeedsManager
from wallet.models import Refund, RefundDay

MANAGING = TILL | {"wallet.set_refund_ceiling", "wallet.refund_beyond"}


@pytest.fixture
def town(committed_db) -> Town:
    """Build a town in a database of its own: use cases commit."""
    return Town()


def manager(till) -> Person:
    return Person(till.cashier.actor, MANAGING)


def paid(town, till, *amounts: int) -> list:
    yuki = town.resident(yen=sum(amounts))
    return [services.pay_at_once(town.act(yuki), code=till.code, amount=amount).id for amount in amounts]


def set_to(town, till, per_payment=None, per_day=None):
    act = town.act(manager(till))
    return services.set_refund_ceiling(act, shop_id=till.id, per_payment=per_payment, per_day=per_day)


def refund(town, till, payment_id, amount, *, who=None, after=timedelta()):
    act = town.act(who or till.cashier, after=after)
    return services.refund_payment(act, payment_id=payment_id, amount=amount)


def test_without_a_ceiling_a_cashier_gives_back_as_before_and_it_is_counted(town):
    till = town.till()
    (payment,) = paid(town, till, 1000)
    refund(town, till, payment, 400)
    refund(town, till, payment, 600)
    assert (RefundDay.objects.get().given, broken()) == (1000, {})


def test_of_one_payment_no_more_in_parts_than_at_once(town):
    till = town.till()
    (payment,) = paid(town, till, 1000)
    set_to(town, till, per_payment=500)
    refund(town, till, payment, 300)
    with pytest.raises(RefundNeedsManager) as refusal:
        refund(town, till, payment, 201)
    assert refusal.value.members == {"per_payment": 500}
    refund(town, till, payment, 200)
    refund(town, till, payment, 500, who=manager(till))  # the manager's step
    assert Refund.objects.filter(is_limited=True).count() == 2
    assert (RefundDay.objects.get().given, broken()) == (500, {})


def test_of_one_day_and_the_next_begins_at_midnight_in_japan(town):
    till = town.till()
    first, second, third = paid(town, till, 500, 500, 500)
    set_to(town, till, per_day=700)
    refund(town, till, first, 500)
    with pytest.raises(RefundNeedsManager) as refusal:
        services.void_payment(town.act(till.cashier), payment_id=second)  # a void gives back as well
    assert refusal.value.members == {"per_day": 700, "left_today": 200}
    before, midnight = timedelta(hours=12) - timedelta(microseconds=1), timedelta(hours=12)
    with pytest.raises(RefundNeedsManager):
        refund(town, till, second, 300, after=before)
    refund(town, till, second, 300, after=midnight)
    set_to(town, till, per_day=0)
    with pytest.raises(RefundNeedsManager):
        refund(town, till, third, 1)
    assert broken() == {}


def test_only_the_manager_says_it(town):
    till = town.till()
    with pytest.raises(NotAllowed):
        services.set_refund_ceiling(town.act(till.cashier), shop_id=till.id, per_payment=1, per_day=1)


@pytest.mark.postgres
def test_thirty_tills_at_once_stay_within_the_day(town):
    till = town.till()
    payments = paid(town, till, *[100] * 30)
    set_to(town, till, per_day=750)
    outcomes = all_at_once(partial(refund, town, till, payment, 100) for payment in payments)
    assert outcomes.count("refund_needs_manager") == 23
    assert (RefundDay.objects.get().given, Refund.objects.count(), broken()) == (700, 7, {})


@pytest.mark.postgres
def test_the_database_refuses_more_and_the_audit_sees_it(town, committed_db):
    till = town.till()
    (payment,) = paid(town, till, 1000)
    set_to(town, till, per_day=500)
    refund(town, till, payment, 400)
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        with pytest.raises(psycopg.errors.CheckViolation):
            owner.execute("UPDATE wallet_refundday SET given = 501")
        owner.execute("UPDATE wallet_refundday SET given = 401")
    assert any("without the manager" in name for name in broken())
