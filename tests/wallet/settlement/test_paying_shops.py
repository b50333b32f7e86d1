"""Shops are paid what they took in, once, less the fee; the file, the batch and the books say the same."""

from datetime import date, timedelta

import pytest

from kernel.principal import SYSTEM
from tests.wallet.audit import assert_whole
from tests.wallet.settlement.market import AFTER, CUT_OFF
from tests.wallet.town import amount_of
from wallet import services
from wallet.engine.zengin import parse
from wallet.errors import (
    NoCutOff,
    SecondPersonNeeded,
    SettlementDecided,
    SettlementDrawn,
    SettlementUndecided,
    ShopShort,
    TransferNotPaid,
)
from wallet.models import SOURCES, Journal, Posting, SettlementBatch, SettlementLine, SettlementTransfer, Shop
from wallet.selectors.balances import takings_of
from wallet.services.refunding import refund_payment

END_OF_MONTH = date(2026, 11, 30)


def at_the_bank() -> int:
    into = sum(row.amount for row in Posting.objects.filter(credit_id=SOURCES["bank"]))
    return into - sum(row.amount for row in Posting.objects.filter(debit_id=SOURCES["bank"]))


def fees() -> int:
    return sum(row.amount for row in Posting.objects.filter(credit_id=SOURCES["fees"]))


def test_a_period_is_paid_less_refunds_and_one_per_cent(market):
    shop = market.shop()
    payment = market.pay(shop, 12_345)
    market.pay(shop, 5_000)
    market.refund(shop, payment, 345)
    written = market.settle()
    assert (written.transfers, written.total) == (1, 17_000 - 170)
    assert (at_the_bank(), fees(), takings_of(shop.account)) == (16_830, 170, 0)
    batch = SettlementBatch.objects.get()
    assert (batch.credits, batch.gross, batch.refunds, batch.fee, batch.net) == (3, 17_345, 345, 170, 16_830)
    assert batch.pay_on == date(2026, 11, 24)  # the 15th is a Sunday; five bank days after Monday, the 23rd a holiday
    file = parse(services.take_settlement_file(market.town.act(market.first), batch_id=batch.pk))
    (transfer,) = file.transfers
    assert (file.client_name, file.pay_month, file.pay_day) == ("ﾐﾎﾝｼ ｺｲﾝｶｲｹｲ", 11, 24)
    assert (transfer.holder, transfer.amount, transfer.reference) == ("ﾐﾎﾝｼﾖｳﾃﾝ(ｶ", 16_830, "261115-1")
    assert (transfer.to.bank_code, transfer.to.bank_name, transfer.to.account_number) == ("9902", "ﾚｲﾉ", "1234567")
    assert_whole()


def test_a_period_ends_at_midnight_in_japan(market):
    shop = market.shop()
    till_midnight = AFTER - timedelta(hours=9) - market.town.at
    market.pay(shop, 2_000, after=till_midnight - timedelta(milliseconds=1))
    market.pay(shop, 4_000, after=till_midnight)
    batch = market.draw()
    assert (batch.credits, batch.gross) == (1, 2_000)
    market.approve(batch.id)
    assert market.draw(END_OF_MONTH).gross == 4_000
    assert_whole()


def test_what_is_late_stands_in_the_next_period(market):
    shop = market.shop()
    market.pay(shop, 2_000)
    market.settle()
    market.pay(shop, 3_000, after=timedelta(days=-3))  # its act was before the cut-off, and reaches the books now
    batch = market.draw(END_OF_MONTH)
    assert (batch.credits, batch.gross, batch.net) == (1, 3_000, 2_970)
    assert_whole()


def test_twice_is_once(market):
    shop = market.shop()
    market.pay(shop, 2_000)
    first = market.settle()
    with pytest.raises(SettlementDrawn):
        market.draw()
    again = services.write_settlement_file(market.town.act(market.first), batch_id=first.batch_id)
    assert again == first
    with pytest.raises(SettlementDecided):
        services.approve_settlement(market.town.act(market.second), batch_id=first.batch_id)
    assert (at_the_bank(), SettlementLine.objects.count(), SettlementTransfer.objects.count()) == (1_980, 1, 1)


def test_one_settlement_at_a_time_waits_for_its_decision(market):
    market.pay(market.shop(), 2_000)
    market.draw()
    with pytest.raises(SettlementUndecided):
        market.draw(END_OF_MONTH)
    assert SettlementBatch.objects.count() == 1


def test_no_period_ends_on_the_fourteenth_nor_today(market):
    with pytest.raises(NoCutOff):
        services.draw_up_settlement(market.town.act(market.first), cut_off_on=date(2026, 10, 14))
    with pytest.raises(NoCutOff):
        services.draw_up_settlement(market.town.act(market.first), cut_off_on=CUT_OFF)
    assert SettlementBatch.objects.count() == 0


def test_who_checked_does_not_approve(market):
    market.pay(market.shop(), 2_000)
    batch = market.draw()
    services.check_settlement(market.town.act(market.first), batch_id=batch.id)
    with pytest.raises(SecondPersonNeeded):
        services.approve_settlement(market.town.act(market.first), batch_id=batch.id)
    assert at_the_bank() == 0


def test_too_little_waits_without_a_fee_and_is_paid_with_the_next(market):
    shop = market.shop()
    market.pay(shop, 900)
    market.approve(market.draw().id)
    assert (at_the_bank(), takings_of(shop.account)) == (0, 900)
    market.pay(shop, 400)
    market.settle(END_OF_MONTH)
    assert (at_the_bank(), fees()) == (1_287, 13)
    assert_whole()


def test_without_a_verified_account_all_is_carried(market):
    shop = market.shop(paid=False)
    market.pay(shop, 5_000)
    batch = market.draw()
    transfer = SettlementTransfer.objects.get()
    assert (batch.transfers, transfer.reason, transfer.carried_out) == (0, "no_account", 5_000)
    market.approve(batch.id)
    done = market.town.act(market.first, after=timedelta(days=20))
    assert services.confirm_settlement(done, batch_id=batch.id).state == "paid"
    assert_whole()


def test_two_shops_of_one_organisation_are_one_transfer(market):
    first = market.shop()
    shop = services.open_shop(
        market.town.act(SYSTEM), organisation_id=organisation_of(first), name="二号店", name_en="Two", trade="5411"
    )
    code = services.issue_shop_code(market.town.act(SYSTEM), shop_id=shop.id).code
    market.pay(first, 3_000)
    services.pay_at_once(market.town.act(market.customer), code=code, amount=2_050)
    assert market.settle().total == 5_050 - 50
    assert (takings_of(first.account), takings_of(shop.account_id)) == (0, 0)
    assert_whole()


def organisation_of(till):
    return Shop.objects.get(pk=till.id).organisation_id


def test_a_refund_after_settlement_takes_from_new_takings_and_is_refused_without_any(market):
    shop = market.shop()
    payment = market.pay(shop, 5_000)
    market.settle()
    with pytest.raises(ShopShort):
        market.refund(shop, payment, 1_000)
    market.pay(shop, 1_500)
    market.refund(shop, payment, 1_000)
    assert takings_of(shop.account) == 500
    batch = market.draw(END_OF_MONTH)
    transfer = SettlementTransfer.objects.get(batch_id=batch.id)
    assert (transfer.gross, transfer.refunds, transfer.carried_out, transfer.reason) == (
        1_500,
        1_000,
        500,
        "below_least",
    )
    assert_whole()


def test_a_refund_between_drawing_up_and_approval_withholds_what_is_no_longer_there(market):
    poor, rich = market.shop(), market.shop()
    payment = market.pay(poor, 5_000)
    market.pay(rich, 7_000)
    batch = market.draw()
    market.refund(poor, payment, 1)
    services.check_settlement(market.town.act(market.first), batch_id=batch.id)
    services.approve_settlement(market.town.act(market.second), batch_id=batch.id)
    states = {row.net: (row.state, row.reason) for row in SettlementTransfer.objects.all()}
    assert states == {4_950: ("withheld", "short"), 6_930: ("booked", "")}
    assert services.write_settlement_file(market.town.act(market.first), batch_id=batch.id).total == 6_930
    assert_whole()
    market.settle(END_OF_MONTH)
    assert at_the_bank() == 6_930 + 4_999 - 49
    assert_whole()


def test_another_shop_cannot_refund_what_a_shop_was_paid(market):
    shop, other = market.shop(), market.shop()
    payment = market.pay(shop, 5_000)
    market.settle()
    market.pay(other, 9_000)
    with pytest.raises(ShopShort):
        refund_payment(market.town.act(other.cashier), payment_id=payment, amount=100)
    assert takings_of(other.account) == 9_000


def test_withdrawn_is_not_paid_and_stands_in_the_next(market):
    shop = market.shop()
    market.pay(shop, 5_000)
    batch = market.draw()
    services.withdraw_settlement(market.town.act(market.first), batch_id=batch.id, why="手数料の誤り")
    assert at_the_bank() == 0
    assert_whole()
    market.settle(END_OF_MONTH)
    assert (at_the_bank(), fees()) == (4_950, 50)
    assert_whole()


def test_what_a_bank_sends_back_is_paid_again_once_the_account_is_right(market):
    shop = market.shop()
    market.pay(shop, 5_000)
    market.settle()
    transfer = SettlementTransfer.objects.get()
    sent_back = market.town.act(market.first, after=timedelta(days=10))
    services.record_return(sent_back, transfer_id=transfer.pk, why="口座なし")
    assert (at_the_bank(), takings_of(shop.account)) == (0, 4_950)
    with pytest.raises(TransferNotPaid):
        services.record_return(market.town.act(market.first), transfer_id=transfer.pk, why="もう一度")
    assert_whole()
    held = market.draw(END_OF_MONTH)
    assert SettlementTransfer.objects.get(batch_id=held.id).reason == "account_returned"
    market.approve(held.id)
    market.account(transfer.organisation_id, "7654321")
    market.pay(shop, 1_000)
    file = market.settle(date(2026, 12, 15))
    assert file.total == 4_950 + 1_000 - 59  # carried on, it is charged like what came in
    assert_whole()


def test_a_file_of_returns_may_come_twice(market):
    for number in range(3):
        market.pay(market.shop(account=f"100000{number}"), 5_000)
    written = market.settle()
    content = services.take_settlement_file(market.town.act(market.first), batch_id=written.batch_id)
    first = services.import_returns(market.town.act(market.first), content=content)
    again = services.import_returns(market.town.act(market.first), content=content)
    assert (first.recorded, first.amount, again.recorded, again.known) == (3, 14_850, 0, 3)
    assert Journal.objects.filter(kind="returned").count() == 3
    assert_whole()


def test_balances_stand_still_until_approval(market):
    shop = market.shop()
    market.pay(shop, 5_000)
    services.fold_credits()
    batch = market.draw()
    assert amount_of(shop.account) == 5_000
    market.approve(batch.id)
    assert amount_of(shop.account) == 0
