"""Money goes back to a card: by an officer, by hand at the company, by a dispute; and what the city then bears."""

import pytest

from kernel.principal import SYSTEM
from kernel.problems import NotAllowed
from tests.concurrency.test_ledger import assert_whole
from tests.wallet.town import Person, amount_of
from wallet import services
from wallet.errors import AccountFrozen, TopUpNotRefundable
from wallet.models import CardAlert, CardDispute, CardRefund, Lot, Posting, Reversal
from wallet.selectors.balances import entries_of
from wallet.services.cards import look

pytestmark = pytest.mark.postgres


@pytest.fixture
def officer(counter) -> Person:
    return Person(counter.town.resident().actor, frozenset({"wallet.handle_cards"}))


def refund(counter, officer, row, amount, **more):
    sent = services.refund_top_up(
        counter.town.act(officer, **more), payment_id=row.pk, amount=amount, why="金額のまちがい"
    )
    services.finish_card_refunds(at=counter.town.at)
    return sent


def charge_of(counter, row):
    with counter.company.books.turn() as turn:
        return turn.find("charge", turn.find("payment_intent", row.intent_id)["latest_charge"])


def test_an_officer_sends_an_unspent_top_up_back(counter, officer):
    yuki = counter.town.resident(yen=1000)
    row = counter.bought(yuki, 3000)
    refund(counter, officer, row, 3000)
    row.refresh_from_db()
    assert (amount_of(yuki.account), row.status, row.refunded) == (1000, "paid", 3000)
    assert charge_of(counter, row)["amount_refunded"] == 3000
    reversal = Reversal.objects.get()
    assert (reversal.reason, reversal.taken, reversal.lost) == ("refund", 3000, 0)
    posting = Posting.objects.get(journal_id=reversal.journal_id)
    assert (posting.debit_id, posting.credit.kind, posting.amount) == (yuki.account, "card", 3000)
    entry = entries_of(yuki.account).get(pk=reversal.pk)
    assert (entry.kind, entry.direction, entry.amount) == ("reversal", "out", 3000)
    counter.hear_all()
    assert (CardRefund.objects.count(), CardAlert.objects.count(), amount_of(yuki.account)) == (1, 0, 1000)
    assert_whole()


def test_what_was_spent_of_it_does_not_go_back(counter, officer):
    yuki, shop = counter.town.resident(), counter.town.till()
    row = counter.bought(yuki, 3000)
    services.pay(counter.town.act(yuki), code=shop.code, amount=1200)
    with pytest.raises(TopUpNotRefundable) as refused:
        refund(counter, officer, row, 1801)
    assert refused.value.members["refundable"] == 1800
    assert (amount_of(yuki.account), CardRefund.objects.count()) == (1800, 0)
    refund(counter, officer, row, 800)
    refund(counter, officer, row, 1000)
    with pytest.raises(TopUpNotRefundable):
        refund(counter, officer, row, 1)
    assert amount_of(yuki.account) == 0
    assert_whole()


def test_nobody_else_sends_back(counter):
    yuki = counter.town.resident()
    row = counter.bought(yuki, 3000)
    with pytest.raises(NotAllowed):
        refund(counter, yuki, row, 100)
    assert amount_of(yuki.account) == 3000


def test_a_page_sent_twice_sends_back_once(counter, officer):
    yuki = counter.town.resident()
    row = counter.bought(yuki, 3000)
    for _ in range(2):
        refund(counter, officer, row, 1000, key="the-same-page")
    assert (amount_of(yuki.account), charge_of(counter, row)["amount_refunded"]) == (2000, 1000)


def test_a_refund_that_was_not_asked_for_before_a_crash_is_asked_for_later(counter, officer, settings):
    yuki = counter.town.resident()
    row = counter.bought(yuki, 3000)
    there, settings.STRIPE = settings.STRIPE, settings.STRIPE | {"api_base": "http://127.0.0.1:9"}
    refund(counter, officer, row, 3000)
    assert (CardRefund.objects.get().status, amount_of(yuki.account)) == ("asked", 0)
    settings.STRIPE = there
    services.sweep_cards(at=counter.town.at)
    assert (CardRefund.objects.get().status, charge_of(counter, row)["amount_refunded"]) == ("done", 3000)
    assert_whole()


def test_what_the_company_does_not_send_back_comes_back_as_coins_and_calls_an_officer(counter, officer, settings):
    yuki = counter.town.resident()
    row = counter.bought(yuki, 3000)
    there, settings.STRIPE = settings.STRIPE, settings.STRIPE | {"api_base": "http://127.0.0.1:9"}
    refund(counter, officer, row, 3000)
    settings.STRIPE = there
    counter.company.dispute(row.intent_id)  # a disputed charge is not refunded
    services.finish_card_refunds(at=counter.town.at)
    assert (CardRefund.objects.get().status, amount_of(yuki.account)) == ("failed", 3000)
    assert CardAlert.objects.get().kind == "refund_failed"
    lot = Lot.objects.get(account_id=yuki.account)
    assert (lot.remaining, lot.issued) == (3000, 3000)
    lines = {(each.kind, each.direction, each.amount) for each in entries_of(yuki.account)}
    assert lines == {("top_up_card", "in", 3000), ("reversal", "out", 3000), ("reversal", "in", 3000)}
    assert_whole()


def test_a_refund_by_hand_at_the_company_takes_what_is_left_and_the_city_bears_the_rest(counter):
    yuki, shop = counter.town.resident(yen=500), counter.town.till()
    counter.town.at = counter.town.at.replace(minute=30)  # of two lots that end on one day the older is spent first
    row = counter.bought(yuki, 3000)
    services.pay(counter.town.act(yuki), code=shop.code, amount=2500)
    counter.company.refund_by_hand(row.intent_id, 3000)
    counter.hear_all()
    reversal = Reversal.objects.get()
    assert (reversal.taken, reversal.lost, amount_of(yuki.account)) == (1000, 2000, 0)
    alert = CardAlert.objects.get()
    assert (alert.kind, alert.ours, alert.theirs) == ("refunded_there", 2000, 3000)
    row.refresh_from_db()
    assert row.refunded == 3000
    assert_whole()


def test_a_dispute_calls_an_officer_and_a_won_one_changes_nothing(counter, officer):
    yuki = counter.town.resident()
    row = counter.bought(yuki, 3000)
    dispute = counter.company.dispute(row.intent_id)
    counter.hear_all()
    assert (CardDispute.objects.get().status, CardAlert.objects.get().kind) == ("open", "dispute")
    with pytest.raises(AccountFrozen):
        services.pay(counter.town.act(yuki), code=counter.town.till().code, amount=1)
    with pytest.raises(TopUpNotRefundable):
        refund(counter, officer, row, 100)
    counter.company.decide_dispute(dispute["id"], won=True)
    counter.hear_all()
    assert (CardDispute.objects.get().status, amount_of(yuki.account)) == ("won", 3000)
    services.pay(counter.town.act(yuki), code=counter.town.till().code, amount=1)
    refund(counter, officer, row, 100)
    assert_whole()


def test_a_lost_dispute_takes_what_is_left_of_those_coins_and_the_city_bears_the_rest(counter):
    yuki, shop = counter.town.resident(), counter.town.till()
    row = counter.bought(yuki, 3000)
    services.issue_coins(counter.town.act(SYSTEM), account_id=yuki.account, amount=700)
    services.pay(counter.town.act(yuki), code=shop.code, amount=1100)
    dispute = counter.company.dispute(row.intent_id)
    counter.company.decide_dispute(dispute["id"], won=False)
    for event in counter.news() * 2:
        counter.hear(event)
    reversal = Reversal.objects.get()
    assert (reversal.reason, reversal.taken + reversal.lost) == ("dispute", 3000)
    assert amount_of(yuki.account) == 2600 - reversal.taken
    assert Lot.objects.get(journal__kind="top_up", journal__idem_key=f"card/{row.pk}").remaining == 0
    postings = [(each.debit.kind, each.credit.kind) for each in Posting.objects.filter(journal_id=reversal.journal_id)]
    assert postings == [("resident", "card"), ("loss", "card")][: len(postings)]
    assert {each.kind for each in CardAlert.objects.all()} == {"dispute", "dispute_lost"}
    assert look(row.pk, at=counter.town.at).status == "paid"
    assert_whole()


def test_an_officer_closes_what_was_looked_at_once(counter, officer):
    row = counter.bought(counter.town.resident(), 3000)
    counter.company.dispute(row.intent_id)
    counter.hear_all()
    alert = CardAlert.objects.get()
    with pytest.raises(NotAllowed):
        services.close_card_alert(counter.town.act(counter.town.people[-1]), alert_id=alert.pk, why="x")
    services.close_card_alert(counter.town.act(officer), alert_id=alert.pk, why="証拠を提出した")
    alert.refresh_from_db()
    assert (alert.closed_by, alert.outcome) == (officer.actor, "証拠を提出した")
    with pytest.raises(Exception, match="card_alert_closed"):
        services.close_card_alert(counter.town.act(officer), alert_id=alert.pk, why="もう一度")
