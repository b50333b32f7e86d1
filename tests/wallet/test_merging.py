"""Two IDs of one person became one: the coins follow, lot by lot, with the days they had."""

import json
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.events import ResidentsMerged
from accounts.models import Resident
from kernel.contributions import Delivered
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotFound
from tests.wallet.town import NOON, amount_of
from wallet import services
from wallet.handlers import residents_merged
from wallet.models import Account, Journal, Lot, Succession, Takeover
from wallet.selectors.accounts import account_held_by, holder_of
from wallet.selectors.balances import history_entry
from wallet.selectors.mine import own_entries
from wallet.selectors.receipts import access_receipt_for
from wallet.selectors.takeout import parts_about

pytestmark = pytest.mark.postgres

SPRING, SUMMER = date(2027, 3, 31), date(2027, 4, 30)


def lots(person):
    rows = Lot.objects.filter(account_id=person.account, open=True).order_by("expires_on", "kind")
    return [(row.kind, row.remaining, row.expires_on, row.issued_at) for row in rows]


def merged(survivor, other):
    """Deliver the event as the outbox does."""
    said = {"survivor_id": str(survivor.actor), "merged_id": str(other.actor)}
    residents_merged(Delivered(new_id(), ResidentsMerged.name, NOON, said))


def history_of(person):
    lines = [history_entry(row) for row in own_entries(person)]
    return sorted((line.direction, line.amount) for line in lines)


def books_are_right():
    said = StringIO()
    call_command("audit_ledger", stdout=said)
    assert "The ledger is whole." in said.getvalue()


def test_coins_follow_with_the_days_they_had(town):
    hanako = town.resident(("bonus", 300, SPRING), yen=1_000)
    other = town.resident(("bonus", 500, SUMMER), ("bonus", 50, SPRING), yen=700)
    before = lots(hanako) + lots(other)

    merged(hanako, other)

    assert (amount_of(hanako.account), amount_of(other.account)) == (2_550, 0)
    assert sorted(lots(hanako)) == sorted(before)
    assert lots(other) == []
    assert history_of(hanako) == [("in", 50), ("in", 300), ("in", 500), ("in", 700), ("in", 1_000)]
    books_are_right()


def test_the_same_event_twice_moves_nothing_more(town):
    hanako, other = town.resident(yen=1_000), town.resident(yen=700)
    for _ in range(2):
        merged(hanako, other)
    assert (amount_of(hanako.account), amount_of(other.account)) == (1_700, 0)
    assert (Takeover.objects.count(), Journal.objects.filter(kind="merge").count()) == (1, 1)
    books_are_right()


def test_who_never_had_a_wallet_leaves_nothing_and_gets_one_where_coins_come(town):
    bare = Resident.objects.create(id=new_id(NOON), created_at=NOON)
    hanako = town.resident(yen=1_000)
    accounts = Account.objects.count()
    residents_merged(
        Delivered(new_id(), ResidentsMerged.name, NOON, {"survivor_id": str(hanako.actor), "merged_id": str(bare.pk)})
    )
    assert (amount_of(hanako.account), Account.objects.count(), Succession.objects.count()) == (1_000, accounts, 0)

    residents_merged(
        Delivered(new_id(), ResidentsMerged.name, NOON, {"survivor_id": str(bare.pk), "merged_id": str(hanako.actor)})
    )
    assert amount_of(services.open_account(town.act(SYSTEM), resident_id=bare.pk).id) == 1_000
    books_are_right()


def test_what_is_held_stays_until_the_shop_lets_it_go_and_then_follows(town):
    hanako, other, till = town.resident(), town.resident(yen=1_000), town.till()
    code = town.customer_code(other)
    hold = services.hold(town.act(till.cashier), shop_id=till.id, customer_code=code, amount=400)

    merged(hanako, other)
    assert amount_of(hanako.account) == 600
    services.capture_hold(town.act(till.cashier), hold_id=hold.id, amount=100)
    assert amount_of(other.account) == 300

    assert services.follow_successions(at=NOON + timedelta(minutes=10)) == 300
    assert (amount_of(hanako.account), amount_of(other.account)) == (900, 0)
    assert services.follow_successions(at=NOON + timedelta(minutes=20)) == 0
    books_are_right()


def test_a_later_refund_follows(town):
    hanako, other, till = town.resident(), town.resident(yen=1_000), town.till()
    payment = services.pay(town.act(other), code=till.code, amount=250)
    merged(hanako, other)

    assert access_receipt_for(hanako, payment.id).amount == 250, "whoever paid under the other ID keeps the receipt"
    services.refund_payment(town.act(till.cashier), payment_id=payment.id, amount=250)
    assert amount_of(hanako.account) == 750
    services.follow_successions(at=NOON + timedelta(minutes=10))

    assert amount_of(hanako.account) == 1_000
    assert history_of(hanako) == [("in", 250), ("in", 1_000), ("out", 250)]
    receipts = next(part for part in parts_about(hanako.actor, at=NOON) if part.path == "wallet/receipts.json")
    assert [each["amount"] for each in json.loads(receipts.content)] == [250]
    books_are_right()


def test_nothing_says_any_more_whose_the_old_account_was(town):
    hanako, other, till = town.resident(), town.resident(yen=1_000), town.till()
    payment = services.pay(town.act(other), code=till.code, amount=250)
    merged(hanako, other)

    assert (account_held_by(other.actor), holder_of(other.account)) == (None, hanako.actor)
    with pytest.raises(NotFound):
        access_receipt_for(other, payment.id)


def test_the_link_of_an_account_that_nobody_follows_cannot_be_cut(town):
    hanako = town.resident()
    with connection.cursor() as cursor:
        cursor.execute("SELECT wallet_unlink_merged(%s)", [hanako.account])
    assert account_held_by(hanako.actor) == hanako.account


def test_three_ids_of_one_person_end_in_one(town):
    first, second, third = town.resident(yen=1), town.resident(yen=10), town.resident(yen=100)
    till = town.till()
    payment = services.pay(town.act(first), code=till.code, amount=1)
    merged(second, first)
    merged(third, second)

    services.refund_payment(town.act(till.cashier), payment_id=payment.id, amount=1)
    services.follow_successions(at=NOON + timedelta(minutes=10))

    assert [amount_of(who.account) for who in (first, second, third)] == [0, 0, 111]
    books_are_right()


def test_more_than_one_may_top_up_to_is_taken_over_and_no_top_up_passes_after(town, settings):
    settings.COIN = settings.COIN | {"balance": 1_000}
    hanako, other = town.resident(yen=900), town.resident(yen=900)
    merged(hanako, other)
    assert amount_of(hanako.account) == 1_800
    assert isinstance(Takeover.objects.get().at, datetime)
