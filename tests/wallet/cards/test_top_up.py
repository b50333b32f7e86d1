"""Topping up by card and at a convenience store, from the phone to the coins."""

from datetime import timedelta

import pytest
from django.test import override_settings

from kernel.principal import SYSTEM
from kernel.problems import NotFound, TooManyRequests
from tests.concurrency.test_ledger import assert_whole
from tests.wallet.town import amount_of
from wallet import services
from wallet.gateways.cards.fake import paying
from wallet.models import CardAlert, CardRefund, Lot, Posting, TopUp
from wallet.selectors.balances import balance_of, entries_of
from wallet.selectors.cards_taken import card_top_up
from wallet.services.cards import look

pytestmark = pytest.mark.postgres


def test_a_card_becomes_coins_that_live_half_a_year(counter):
    yuki = counter.town.resident(yen=1000)
    top_up = counter.begin(yuki, 3000)
    assert (top_up.status, top_up.amount, top_up.method, top_up.receipt_number) == ("open", 3000, "card", None)
    assert top_up.url.startswith("https://pay.example/pay/cs_test_")
    assert amount_of(yuki.account) == 1000
    counter.enter_card(top_up)
    assert amount_of(yuki.account) == 1000
    counter.hear_all()
    assert amount_of(yuki.account) == 4000
    row = counter.row(top_up)
    assert (row.status, row.top_up.amount, row.top_up.kind) == ("paid", 3000, "card")
    lot = Lot.objects.get(journal_id=row.top_up.journal_id)
    assert (lot.kind, lot.issued, (lot.expires_on - counter.town.at.date()).days) == ("paid", 3000, 180)
    posting = Posting.objects.get(journal_id=row.top_up.journal_id)
    assert (posting.debit.kind, posting.credit_id, posting.amount) == ("card", yuki.account, 3000)
    newest = entries_of(yuki.account).get(pk=row.top_up_id)
    assert (newest.kind, newest.direction, newest.amount) == ("top_up_card", "in", 3000)
    assert_whole()


def test_coming_back_is_enough_where_the_news_got_lost(counter):
    yuki = counter.town.resident()
    top_up = counter.begin(yuki, 3000)
    counter.enter_card(top_up)
    seen = services.look_for(yuki, top_up.id, at=counter.town.at)
    assert (seen.status, amount_of(yuki.account)) == ("paid", 3000)
    counter.hear_all()
    services.look_for(yuki, top_up.id, at=counter.town.at)
    assert (amount_of(yuki.account), TopUp.objects.filter(kind="card").count()) == (3000, 1)
    assert_whole()


def test_the_bank_asks_and_only_a_yes_brings_coins(counter):
    yuki = counter.town.resident()
    top_up = counter.begin(yuki, 3000)
    intent = counter.enter_card(top_up, paying.CHALLENGED)
    assert intent["next_action"]["redirect_to_url"]["url"] == f"https://pay.example/challenge/{intent['id']}"
    counter.hear_all()
    assert (counter.row(top_up).status, amount_of(yuki.account)) == ("open", 0)
    counter.company.answer_challenge(intent["id"], passes=False)
    counter.hear_all()
    assert (counter.row(top_up).status, counter.row(top_up).refused) == (
        "open",
        "payment_intent_authentication_failure",
    )
    counter.company.answer_challenge(counter.enter_card(top_up, paying.CHALLENGED)["id"], passes=True)
    counter.hear_all()
    assert (counter.row(top_up).status, counter.row(top_up).refused, amount_of(yuki.account)) == ("paid", "", 3000)


@pytest.mark.parametrize(
    ("number", "word"),
    [(paying.DECLINED, "generic_decline"), (paying.POOR, "insufficient_funds"), (paying.EXPIRED, "expired_card")],
)
def test_a_declined_card_says_why_and_another_may_be_tried(counter, number, word):
    yuki = counter.town.resident()
    top_up = counter.begin(yuki, 3000)
    counter.enter_card(top_up, number)
    counter.hear_all()
    shown = card_top_up(counter.row(top_up))
    assert (shown.status, shown.refused, amount_of(yuki.account)) == ("open", word, 0)
    counter.enter_card(top_up)
    counter.hear_all()
    assert amount_of(yuki.account) == 3000


def test_a_convenience_store_is_paid_a_day_later_and_the_person_is_told(counter):
    yuki = counter.town.resident()
    top_up = counter.begin(yuki, 5000, "konbini")
    intent = counter.take_number(top_up)
    counter.hear_all()
    waiting = card_top_up(counter.row(top_up))
    assert (waiting.status, waiting.pay_by) == ("waiting", counter.town.at + timedelta(days=3))
    voucher = services.voucher_for(yuki, top_up.id)
    assert [each.store for each in voucher.numbers] == ["familymart", "lawson", "ministop", "seicomart"]
    assert {len(each.payment_code) for each in voucher.numbers} == {11}
    assert voucher.pay_by == waiting.pay_by
    counter.town.at += timedelta(days=1)
    counter.company.pay_at_store(intent["id"])
    counter.hear_all()
    assert (counter.row(top_up).status, amount_of(yuki.account)) == ("paid", 5000)
    assert services.voucher_for(yuki, top_up.id) is None
    assert_whole()


def test_a_number_that_ran_out_ends_without_coins(counter):
    yuki = counter.town.resident()
    top_up = counter.begin(yuki, 5000, "konbini")
    intent = counter.take_number(top_up)
    counter.hear_all()
    counter.town.at += timedelta(days=3, seconds=1)
    counter.company.let_number_run_out(intent["id"])
    assert services.sweep_cards(at=counter.town.at) == 1
    assert (counter.row(top_up).status, amount_of(yuki.account)) == ("ended", 0)


def test_who_gives_up_is_not_charged_and_who_paid_a_moment_before_has_the_coins(counter):
    yuki = counter.town.resident()
    given_up, paid = counter.begin(yuki, 1000), counter.begin(yuki, 2000)
    assert services.give_up_top_up(yuki, given_up.id, at=counter.town.at).status == "ended"
    with pytest.raises(paying.Refused):
        counter.enter_card(given_up)
    counter.enter_card(paid)
    assert services.give_up_top_up(yuki, paid.id, at=counter.town.at).status == "paid"
    assert amount_of(yuki.account) == 2000


def test_the_limit_holds_before(counter):
    yuki = counter.town.resident(yen=299_000)
    for amount, code in ((1001, "limit_balance"), (499, "top_up_out_of_range"), (50_001, "top_up_out_of_range")):
        answer = services.start_top_up(counter.town.act(yuki), amount=amount, method="card")
        assert (answer.is_refusal, f'"code":"{code}"' in answer.body.decode()) == (True, True)
    assert counter.news() == []


def test_the_limit_holds_after_and_the_money_goes_back_to_the_card(counter):
    yuki = counter.town.resident(yen=280_000)
    first, second = counter.begin(yuki, 15_000), counter.begin(yuki, 15_000)
    for top_up in (first, second):
        counter.enter_card(top_up)
    counter.hear_all()
    assert amount_of(yuki.account) == 295_000
    assert {counter.row(first).status, counter.row(second).status} == {"paid", "returned"}
    refund = CardRefund.objects.get()
    assert (refund.amount, refund.reason, refund.status) == (15_000, "limit", "done")
    charges = [counter.company.intent(counter.row(each).intent_id)["latest_charge"] for each in (first, second)]
    with counter.company.books.turn() as turn:
        assert sorted(turn.find("charge", each)["amount_refunded"] for each in charges) == [0, 15_000]
    counter.hear_all()
    assert (amount_of(yuki.account), CardRefund.objects.count(), CardAlert.objects.count()) == (295_000, 1, 0)
    assert_whole()


def test_a_wallet_that_was_closed_meanwhile_gives_the_money_back(counter):
    yuki = counter.town.resident()
    top_up = counter.begin(yuki, 3000)
    counter.enter_card(top_up)
    services.close_account(counter.town.act(SYSTEM), resident_id=yuki.actor)
    counter.hear_all()
    refund = CardRefund.objects.get()
    assert (counter.row(top_up).status, refund.reason, refund.status) == ("returned", "closed", "done")
    assert_whole()


def test_a_wallet_that_was_frozen_meanwhile_gives_the_money_back(counter):
    yuki = counter.town.resident()
    top_up = counter.begin(yuki, 3000)
    counter.enter_card(top_up)
    services.freeze_account(counter.town.act(SYSTEM), account_id=yuki.account, scope="all", reason="調査")
    counter.hear_all()
    assert (counter.row(top_up).status, CardRefund.objects.get().reason, amount_of(yuki.account)) == (
        "returned",
        "frozen",
        0,
    )
    answer = services.start_top_up(counter.town.act(yuki), amount=500, method="card")
    assert '"code":"account_frozen"' in answer.body.decode()
    assert_whole()


def test_the_same_key_leads_to_the_same_page(counter):
    yuki = counter.town.resident()
    first, again = counter.begin(yuki, 3000, key="the-same-key"), counter.begin(yuki, 3000, key="the-same-key")
    assert first == again
    counter.enter_card(first)
    counter.hear_all()
    assert counter.begin(yuki, 3000, key="the-same-key").status == "paid"
    assert amount_of(yuki.account) == 3000


def test_a_page_that_could_not_be_opened_is_opened_by_asking_again(counter, settings):
    yuki = counter.town.resident()
    there = settings.STRIPE
    with (
        override_settings(STRIPE=there | {"api_base": "http://127.0.0.1:9"}),
        pytest.raises(Exception, match="card_vendor_away"),
    ):
        counter.begin(yuki, 3000, key="a-key-again")
    assert counter.begin(yuki, 3000, key="a-key-again").status == "open"


def test_nobody_sees_or_ends_another_s(counter):
    yuki, aoi = counter.town.resident(), counter.town.resident()
    top_up = counter.begin(yuki, 3000)
    for ask in (services.look_for, services.give_up_top_up):
        with pytest.raises(NotFound):
            ask(aoi, top_up.id, at=counter.town.at)
    with pytest.raises(NotFound):
        services.voucher_for(aoi, top_up.id)
    assert counter.row(top_up).status == "open"


def test_who_begins_too_many_within_an_hour_waits(counter):
    yuki = counter.town.resident()
    for _ in range(10):
        counter.begin(yuki, 500)
    with pytest.raises(TooManyRequests):
        services.start_top_up(counter.town.act(yuki), amount=500, method="card")
    counter.town.at += timedelta(hours=1)
    counter.begin(yuki, 500)


def test_what_was_never_opened_ends_by_itself(counter, settings):
    yuki = counter.town.resident()
    with (
        override_settings(STRIPE=settings.STRIPE | {"api_base": "http://127.0.0.1:9"}),
        pytest.raises(Exception, match="away"),
    ):
        counter.begin(yuki, 3000)
    counter.town.at += timedelta(hours=1)
    assert services.sweep_cards(at=counter.town.at) == 1
    assert look(counter.town_payment(), at=counter.town.at).status == "ended"
    assert balance_of(yuki.account, at=counter.town.at).available == 0
