"""Coins from one resident to another: which ones go over, how many, and what both learn."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection

from kernel.idempotency import KeyReused
from kernel.principal import SYSTEM
from kernel.problems import StepUpRequired
from kernel.use_case import Act
from tests.wallet.audit import assert_whole, broken
from tests.wallet.sending.stories import code_of, send
from tests.wallet.town import Person, amount_of
from wallet import services
from wallet.errors import (
    AccountFrozen,
    AmountInvalid,
    CodeUnknown,
    InsufficientFunds,
    LimitPerSend,
    LimitSendsPerDay,
    LimitSendsPerMonth,
    PaidCoinsShort,
    RecipientCannotReceive,
    RecipientUnknown,
    SendingOneself,
    TooManySends,
)
from wallet.models import Lot, Transfer, TransferNote
from wallet.selectors.balances import entries_of, history_entry
from wallet.selectors.sending import limits_left
from wallet.services.merging import succeed

pytestmark = pytest.mark.postgres


def lots(person) -> list[tuple]:
    rows = Lot.objects.filter(account_id=person.account, open=True).order_by("expires_on", "id")
    return [(row.kind, row.remaining, row.expires_on, row.issued_at) for row in rows]


def test_paid_lots_go_over_each_with_its_last_day_and_no_bonus_does(town):
    yuki, aoi = town.resident(yen=300), town.resident()
    services.issue_coins(town.act(SYSTEM), account_id=yuki.account, bonus=50, bonus_expires_on=date(2026, 11, 20))
    first = town.at
    town.at += timedelta(days=10)
    services.issue_coins(town.act(SYSTEM), account_id=yuki.account, amount=500)
    sent = send(town, yuki, aoi, 400)
    early, late = (first + timedelta(days=180)).date(), (town.at + timedelta(days=180)).date()
    assert lots(aoi) == [("paid", 300, early, first), ("paid", 100, late, town.at)]
    assert [(lot.amount, lot.expires_on) for lot in sent.lots] == [(300, early), (100, late)]
    assert lots(yuki) == [("bonus", 50, date(2026, 11, 20), first), ("paid", 400, late, town.at)]
    assert_whole()


def test_both_histories_have_their_line_and_say_no_more_than_was_chosen(town):
    yuki, aoi = town.resident(yen=1_000), town.resident()
    send(town, yuki, code_of(town, aoi, "あおい"), 700, message="ランチ代 <b>ありがとう</b>")
    (out,) = [history_entry(row) for row in entries_of(yuki.account).filter(kind="send")]
    (arrived,) = [history_entry(row) for row in entries_of(aoi.account)]
    assert (out.direction, out.amount, out.other_name) == ("out", 700, "あおい")
    assert (arrived.direction, arrived.amount, arrived.other_name) == ("in", 700, "")
    assert (len(arrived.other_mask), arrived.transfer_id) == (4, out.transfer_id)
    sealed = bytes(TransferNote.objects.get().sealed)
    assert "ランチ".encode() not in sealed
    assert "あおい".encode() not in sealed


def test_a_replayed_key_sends_once_and_another_body_is_refused(town):
    yuki, aoi = town.resident(yen=1_000), town.resident()
    code = code_of(town, aoi)
    first = services.send.answer(town.act(yuki, key="the-one-key"), to=code, amount=400)
    again = services.send.answer(town.act(yuki, key="the-one-key"), to=code, amount=400)
    assert (first.status, again.body) == (201, first.body)
    with pytest.raises(KeyReused):
        services.send.answer(town.act(yuki, key="the-one-key"), to=code, amount=401)
    assert (amount_of(yuki.account), amount_of(aoi.account), Transfer.objects.count()) == (600, 400, 1)


@pytest.mark.parametrize("amount", [0, -1, True])
def test_nothing_that_is_no_yen_is_sent(town, amount):
    yuki, aoi = town.resident(yen=1_000), town.resident()
    with pytest.raises(AmountInvalid):
        send(town, yuki, aoi, amount)


def test_one_yen_and_the_last_yen_of_every_limit_pass_and_one_more_does_not(town, settings):
    settings.SEND = settings.SEND | {"per_send": 300, "per_day": 500, "per_month": 600, "count_per_day": 4}
    yuki, aoi = town.resident(yen=5_000), town.resident()
    code = code_of(town, aoi)
    with pytest.raises(LimitPerSend) as refusal:
        send(town, yuki, code, 301)
    assert refusal.value.members == {"limit": 300}
    send(town, yuki, code, 1)
    send(town, yuki, code, 300)
    with pytest.raises(LimitSendsPerDay):
        send(town, yuki, code, 200)
    send(town, yuki, code, 199)
    assert limits_left(yuki.account, at=town.at).left_today == 0
    with pytest.raises(LimitSendsPerDay):
        send(town, yuki, code, 1)
    town.at += timedelta(days=1)
    with pytest.raises(LimitSendsPerMonth):
        send(town, yuki, code, 101)
    send(town, yuki, code, 100)
    town.at = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)  # December begins in Japan
    send(town, yuki, code, 300)
    assert amount_of(aoi.account) == 900
    assert_whole()


def test_the_day_turns_over_at_midnight_in_japan(town, settings):
    settings.SEND = settings.SEND | {"per_day": 500}
    yuki, aoi = town.resident(yen=5_000), town.resident()
    code = code_of(town, aoi)
    town.at = datetime(2026, 11, 3, 14, 59, 59, 999_999, tzinfo=UTC)
    send(town, yuki, code, 500)
    with pytest.raises(LimitSendsPerDay):
        send(town, yuki, code, 1)
    town.at = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
    send(town, yuki, code, 500)


def test_coins_that_go_back_and_forth_make_no_room(town, settings):
    settings.SEND = settings.SEND | {"per_day": 500}
    yuki, aoi = town.resident(yen=1_000), town.resident()
    send(town, yuki, aoi, 500)
    send(town, aoi, yuki, 500)
    with pytest.raises(LimitSendsPerDay):
        send(town, yuki, aoi, 1)


def test_a_refund_makes_no_room_for_sending(town, settings):
    settings.SEND = settings.SEND | {"per_day": 500}
    settings.COIN = settings.COIN | {"per_day": 1_000}
    yuki, aoi, shop = town.resident(yen=5_000), town.resident(), town.till()
    send(town, yuki, aoi, 500)
    receipt = services.pay_at_once(town.act(yuki), code=shop.code, amount=500)
    services.refund_payment(town.act(shop.cashier), payment_id=receipt.id, amount=500)
    with pytest.raises(LimitSendsPerDay):
        send(town, yuki, aoi, 1)
    assert_whole()


def test_so_many_a_day(town, settings):
    settings.SEND = settings.SEND | {"count_per_day": 2}
    yuki, aoi = town.resident(yen=5_000), town.resident()
    for _ in range(2):
        send(town, yuki, aoi, 1)
    with pytest.raises(TooManySends):
        send(town, yuki, aoi, 1)


def test_more_needs_a_person_who_was_seen(town):
    yuki, aoi = town.resident(yen=9_000), town.resident()
    told = Person(yuki.actor, account=yuki.account, account_level=1)
    guest = Person(yuki.actor, account=yuki.account, account_level=0)
    with pytest.raises(StepUpRequired):
        send(town, guest, aoi, 1)
    with pytest.raises(StepUpRequired):
        send(town, told, aoi, 5_001)
    send(town, told, aoi, 5_000)
    assert amount_of(aoi.account) == 5_000


def test_a_bonus_is_never_sent_and_what_can_be_is_said(town):
    yuki, aoi = town.resident(("bonus", 500, date(2026, 12, 1)), yen=100), town.resident()
    with pytest.raises(PaidCoinsShort) as refusal:
        send(town, yuki, aoi, 101)
    assert refusal.value.members == {"sendable": 100}
    with pytest.raises(InsufficientFunds):
        send(town, yuki, aoi, 601)
    assert (amount_of(yuki.account), amount_of(aoi.account)) == (600, 0)


def test_oneself_is_refused_also_through_an_id_that_was_merged(town):
    yuki, old = town.resident(yen=500), town.resident(yen=100)
    code = code_of(town, old)
    with pytest.raises(SendingOneself):
        send(town, yuki, yuki, 1)
    succeed(Act(SYSTEM, at=town.at), survivor_id=yuki.actor, merged_id=old.actor)
    with pytest.raises(SendingOneself):
        send(town, yuki, code, 1)


def test_what_is_sent_to_a_merged_id_reaches_who_stands_for_it(town):
    yuki, aoi, old = town.resident(yen=500), town.resident(), town.resident(yen=100)
    code = code_of(town, old)
    succeed(Act(SYSTEM, at=town.at), survivor_id=aoi.actor, merged_id=old.actor)
    send(town, yuki, code, 200)
    assert amount_of(aoi.account) == 300
    assert_whole()


def test_frozen_accounts(town):
    yuki, aoi = town.resident(yen=500), town.resident(yen=500)
    to_yuki, to_aoi = code_of(town, yuki), code_of(town, aoi)
    services.freeze_account(town.act(SYSTEM), account_id=aoi.account, scope="outgoing", reason="確認中")
    with pytest.raises(AccountFrozen):
        send(town, aoi, to_yuki, 1)
    send(town, yuki, to_aoi, 100)  # what is frozen for outgoing still receives
    services.freeze_account(town.act(SYSTEM), account_id=aoi.account, scope="all", reason="確認中")
    with pytest.raises(RecipientCannotReceive):
        send(town, yuki, to_aoi, 100)
    assert (amount_of(yuki.account), amount_of(aoi.account)) == (400, 600)


def test_a_full_or_closed_wallet_takes_nothing_and_does_not_say_why(town, settings):
    settings.COIN = settings.COIN | {"balance": 600}
    yuki, aoi, gone = town.resident(yen=500), town.resident(yen=500), town.resident()
    to_gone = code_of(town, gone)
    with pytest.raises(RecipientCannotReceive):
        send(town, yuki, aoi, 101)
    services.close_account(town.act(SYSTEM), resident_id=gone.actor)
    with pytest.raises(RecipientUnknown):
        send(town, yuki, to_gone, 1)
    assert amount_of(yuki.account) == 500


def test_a_receive_code_ends_and_can_never_be_charged(town):
    yuki, aoi, shop = town.resident(yen=500), town.resident(yen=500), town.till()
    old = code_of(town, aoi)
    new = code_of(town, aoi)
    with pytest.raises(RecipientUnknown):
        send(town, yuki, old, 1)
    for shown in (new, new.rpartition("#")[2]):
        for way in (services.charge_customer, services.charge_customer_at_once):
            with pytest.raises(CodeUnknown):
                way(town.act(shop.cashier), shop_id=shop.id, customer_code=shown, amount=1)
        with pytest.raises(CodeUnknown):
            services.pay_at_once(town.act(yuki), code=shown, amount=1)
    town.at += timedelta(days=90)
    with pytest.raises(RecipientUnknown):
        send(town, yuki, new, 1)


def test_closing_forgets_the_words_of_both_and_a_year_forgets_all(town):
    yuki, aoi, mio = (town.resident(yen=500) for _ in range(3))
    send(town, yuki, aoi, 500, message="ひとこと")
    send(town, aoi, mio, 1, message="ひとこと")
    services.close_account(town.act(SYSTEM), resident_id=yuki.actor)
    assert TransferNote.objects.count() == 1
    assert services.forget_old_words(at=town.at + timedelta(days=367)) == 1
    assert TransferNote.objects.count() == 0
    assert_whole()


def test_words_lose_what_cannot_be_seen_and_turns_the_writing(town):
    yuki, aoi = town.resident(yen=500), town.resident()
    sent = send(town, yuki, aoi, 1, message="  お礼\n\u202e\u200bです ")
    assert sent.message == "お礼 です"


def test_a_transfer_is_written_once_and_the_audit_finds_a_damaged_one(town, committed_db):

    yuki, aoi = town.resident(yen=500), town.resident()
    send(town, yuki, aoi, 100)
    row = Transfer.objects.get()
    with pytest.raises(DatabaseError):
        Transfer.objects.filter(pk=row.pk).update(amount=1)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM wallet_transfer")
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE wallet_transfer DISABLE TRIGGER USER")
        owner.execute("UPDATE wallet_transfer SET amount = 99")
        owner.execute("ALTER TABLE wallet_transfer ENABLE TRIGGER USER")
    found = broken()
    assert any(name.startswith("what was sent is what the books say") for name in found)
    assert all(str(row.pk) in text for name, rows in found.items() if name.startswith("what was sent") for text in rows)
