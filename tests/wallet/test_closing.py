"""What a person leaves behind in the wallet: nothing that says whose it was, and books that still add up."""

import json
from datetime import timedelta

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError

from kernel.access import access
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed
from tests.wallet.audit import assert_whole
from tests.wallet.town import NOON, Person, amount_of
from wallet import errors, services
from wallet.models import Account, Holder, Lot
from wallet.selectors.accounts import account_held_by
from wallet.selectors.takeout import parts_about
from wallet.services.personal_store import WalletStore

MINUTE = timedelta(minutes=1)


def test_yuki_leaves_300_yen_behind_and_nothing_says_that_they_were_hers(town, committed_db):
    yuki, shop = town.resident(yen=1000), town.till()
    paid = services.pay_at_once(town.act(yuki), code=shop.code, amount=700)

    [notice] = WalletStore().before_closing(yuki.actor, actor=yuki.actor, reason="", at=NOON)
    assert (notice.code, notice.amount, notice.is_obstacle) == ("wallet.coins", 300, False)
    assert "300円" in str(notice.words)
    for _again in range(2):
        WalletStore().closed(yuki.actor, at=NOON + MINUTE)

    assert account_held_by(yuki.actor) is None
    with access(purpose="test", actor=yuki.actor, subject=yuki.actor, classes=["wallet"]):
        assert not Holder.objects.exists()
    assert Account.objects.get(pk=yuki.account).closed_at == NOON + MINUTE
    assert amount_of(yuki.account) == 0
    assert not Lot.objects.filter(account_id=yuki.account, open=True).exists()
    with pytest.raises(errors.NoWallet):
        services.pay_at_once(town.act(yuki), code=shop.code, amount=100)
    assert services.refund_payment(town.act(shop.cashier), payment_id=paid.id, amount=100).refunded == 100
    assert_whole()


def test_what_a_shop_has_set_aside_must_end_first(town):
    yuki, shop = town.resident(yen=1000), town.till()
    services.hold(town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(yuki), amount=400)

    notices = WalletStore().before_closing(yuki.actor, actor=yuki.actor, reason="", at=NOON)
    assert [(each.code, each.amount, each.is_obstacle) for each in notices] == [
        ("wallet.held", 0, True),
        ("wallet.coins", 600, False),
    ]
    with pytest.raises(errors.StillHeld):
        services.close_account(town.act(SYSTEM), resident_id=yuki.actor)
    assert (amount_of(yuki.account), account_held_by(yuki.actor)) == (600, yuki.account)


def test_no_person_closes_an_account_and_no_statement_cuts_an_open_one_loose(town):
    yuki = town.resident(yen=1000)
    for who in (yuki, Person(yuki.actor, frozenset({"wallet.close_account"}))):
        with pytest.raises(NotAllowed):
            services.close_account(town.act(who), resident_id=yuki.actor)
    with pytest.raises(errors.NoWallet):
        services.close_account(town.act(SYSTEM), resident_id=town.till().cashier.actor)
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT wallet_close_account(%s, 'JPY', now())", [yuki.actor])
    assert account_held_by(yuki.actor) == yuki.account


def test_yuki_takes_history_and_receipts_home(town):
    yuki, shop = town.resident(yen=1000), town.till("=1+1")
    paid = services.pay_at_once(town.act(yuki, after=MINUTE), code=shop.code, amount=700)

    parts = {part.path: part.content for part in parts_about(yuki.actor, at=NOON)}

    assert json.loads(parts["wallet/balance.json"])["available"] == 300
    assert [each["amount"] for each in json.loads(parts["wallet/history.json"])] == [1000, 700]
    assert parts["wallet/history.csv"].decode("utf-8-sig").splitlines()[2] == (
        f"2026-11-03 12:01:00,payment,out,-700,'=1+1,{paid.receipt_number}"
    )
    [receipt] = json.loads(parts["wallet/receipts.json"])
    assert (receipt["receipt_number"], receipt["amount"]) == (paid.receipt_number, 700)
    assert list(parts_about(shop.cashier.actor, at=NOON)) == []
