"""A purchase by card goes back: paid coins to the card, the bonus to its budget, and neither for the other."""

from datetime import timedelta

import psycopg
import pytest

from kernel.principal import SYSTEM
from kernel.problems import NotFound
from tests.wallet.audit import assert_whole, broken
from tests.wallet.premium.card import bought, buy, state
from tests.wallet.premium.fair import LAST_DAY, lots_of, made
from tests.wallet.town import NOON, Person, amount_of
from wallet import services
from wallet.errors import TopUpNotRefundable
from wallet.models import CardPayment, CardRefund, Posting, Reversal
from wallet.selectors.balances import entries_of
from wallet.selectors.campaigns import campaign_state

pytestmark = pytest.mark.postgres

CLERK = frozenset({"wallet.handle_cards", "wallet.top_up_at_counter"})


@pytest.fixture
def officer(counter) -> Person:
    return Person(counter.town.resident().actor, CLERK)


def refund(counter, officer, page, amount: int, *, finishes: bool = True) -> None:
    services.refund_top_up(counter.town.act(officer), payment_id=page.id, amount=amount, why="金額のまちがい")
    if finishes:
        services.finish_card_refunds(at=counter.town.at)


def coins(who) -> dict[str, int]:
    """Return what an account holds, by kind."""
    found = {"paid": 0, "bonus": 0}
    for kind, amount, _last in lots_of(who.account):
        found[kind] += amount
    return found


def test_the_whole_goes_back_with_the_whole_bonus_and_the_units_stay_sold(counter, officer):
    row, yuki = made(counter.town), counter.town.resident(yen=700)
    page = buy(counter, yuki, row, 2)
    refund(counter, officer, page, 10_000)
    assert (coins(yuki), state(row), bought(row, yuki.account)) == ({"paid": 700, "bonus": 0}, (2, 10_000, 0), 2)
    back = Reversal.objects.get()
    assert (back.taken, back.lost, back.bonus) == (10_000, 0, 2000)
    postings = Posting.objects.filter(journal_id=back.journal_id).order_by("line")
    assert [(each.debit_id, each.credit.kind, each.amount) for each in postings] == [
        (yuki.account, "card", 10_000),
        (yuki.account, "campaign", 2000),
    ]
    line = entries_of(yuki.account).get(pk=back.pk)
    assert (line.kind, line.direction, line.amount) == ("reversal", "out", 12_000)
    assert campaign_state(row.campaign_id).spent == 0
    assert_whole()


def test_a_part_leaves_the_bonus_of_what_stays_paid_rounded_down(counter, officer):
    row, yuki = made(counter.town, unit_yen=999, rate_bp=3333), counter.town.resident()
    page = buy(counter, yuki, row, 3)
    assert coins(yuki) == {"paid": 2997, "bonus": 998}
    steps = [(1000, 1997, 665), (1, 1996, 665), (996, 1000, 333), (1000, 0, 0)]
    for amount, paid, bonus in steps:
        refund(counter, officer, page, amount)
        assert coins(yuki) == {"paid": paid, "bonus": bonus}
        assert_whole()
    assert state(row) == (3, 3329, 0)


def test_paid_coins_never_go_back_for_a_bonus_that_was_spent(counter, officer):
    row, yuki, till = made(counter.town), counter.town.resident(), counter.town.till()
    page = buy(counter, yuki, row)
    services.pay(counter.town.act(yuki), code=till.code, amount=600)
    assert coins(yuki) == {"paid": 5000, "bonus": 400}
    with pytest.raises(TopUpNotRefundable) as refused:
        refund(counter, officer, page, 5001)
    assert (refused.value.members["refundable"], coins(yuki)) == (5000, {"paid": 5000, "bonus": 400})
    refund(counter, officer, page, 2500)  # half of the bonus would go back, and 400 are left
    assert (coins(yuki), state(row)) == ({"paid": 2500, "bonus": 0}, (1, 9400, 0))
    refund(counter, officer, page, 2500)
    assert (coins(yuki), state(row)) == ({"paid": 0, "bonus": 0}, (1, 9400, 0))
    assert sum(Reversal.objects.values_list("bonus", flat=True)) == 400
    assert_whole()


def test_a_bonus_that_a_shop_gave_back_meanwhile_goes_back_with_the_next_part(counter, officer):
    row, yuki, till = made(counter.town), counter.town.resident(), counter.town.till()
    page = buy(counter, yuki, row)
    paid = services.pay(counter.town.act(yuki), code=till.code, amount=1000)
    refund(counter, officer, page, 2500)
    assert coins(yuki) == {"paid": 2500, "bonus": 0}
    services.refund_payment(counter.town.act(till.cashier), payment_id=paid.id, amount=1000)
    refund(counter, officer, page, 1000)
    assert (coins(yuki), state(row)) == ({"paid": 1500, "bonus": 300}, (1, 9700, 0))
    assert_whole()


def test_until_the_vendor_has_sent_it_back_the_budget_holds_the_bonus(counter, officer, settings):
    row, yuki = made(counter.town), counter.town.resident()
    page = buy(counter, yuki, row)
    there, settings.STRIPE = settings.STRIPE, settings.STRIPE | {"api_base": "http://127.0.0.1:9"}
    refund(counter, officer, page, 5000)
    assert (CardRefund.objects.get().status, coins(yuki), state(row)) == (
        "asked",
        {"paid": 0, "bonus": 0},
        (1, 9000, 1000),
    )
    assert_whole()
    services.return_rest(counter.town.act(SYSTEM), campaign_id=row.campaign_id, why="残りを返す")
    settings.STRIPE = there
    services.sweep_cards(at=NOON)
    assert (CardRefund.objects.get().status, state(row)) == ("done", (1, 1000, 0))
    assert_whole()


def test_what_the_vendor_does_not_send_back_comes_back_with_its_bonus(counter, officer, settings):
    row, yuki = made(counter.town), counter.town.resident()
    page = buy(counter, yuki, row)
    there, settings.STRIPE = settings.STRIPE, settings.STRIPE | {"api_base": "http://127.0.0.1:9"}
    refund(counter, officer, page, 2500)
    assert coins(yuki) == {"paid": 2500, "bonus": 500}
    services.return_rest(counter.town.act(SYSTEM), campaign_id=row.campaign_id, why="残りを返す")
    settings.STRIPE = there
    counter.company.dispute(counter.row(page).intent_id)  # a disputed charge is not refunded
    services.finish_card_refunds(at=NOON)
    assert (CardRefund.objects.get().status, coins(yuki), state(row)) == (
        "failed",
        {"paid": 5000, "bonus": 1000},
        (1, 0, 0),
    )
    assert {kind for kind, *_ in lots_of(yuki.account)} == {"bonus", "paid"}
    restored = Reversal.objects.get(reason="restored")
    assert (restored.taken, restored.bonus) == (2500, 500)
    line = entries_of(yuki.account).get(pk=restored.pk)
    assert (line.direction, line.amount) == ("in", 3000)
    assert_whole()


@pytest.mark.parametrize("spent", [0, 600, 1000, 3000])
def test_a_lost_dispute_takes_what_is_left_of_both_and_the_city_bears_what_was_paid(counter, spent):
    row, yuki, till = made(counter.town), counter.town.resident(), counter.town.till()
    page = buy(counter, yuki, row)
    if spent:
        services.pay(counter.town.act(yuki), code=till.code, amount=spent)
    dispute = counter.company.dispute(counter.row(page).intent_id)
    counter.hear_all()
    counter.company.decide_dispute(dispute["id"], won=False)
    for event in counter.news() * 2:
        counter.hear(event)
    back = Reversal.objects.get()
    left = max(0, 1000 - spent)
    lost = max(0, spent - 1000)
    assert (back.reason, back.taken, back.lost, back.bonus) == ("dispute", 5000 - lost, lost, left)
    assert (amount_of(yuki.account), state(row)) == (0, (1, 9000 + left, 0))
    assert_whole()


def test_a_refund_by_hand_at_the_company_takes_the_bonus_in_the_same_measure(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = buy(counter, yuki, row)
    counter.company.refund_by_hand(counter.row(page).intent_id, 2000)
    counter.hear_all()
    assert (coins(yuki), state(row)) == ({"paid": 3000, "bonus": 600}, (1, 9400, 0))
    assert_whole()


def test_a_counter_does_not_give_cash_for_what_a_card_paid(counter, officer):
    row, yuki = made(counter.town), counter.town.resident()
    page = buy(counter, yuki, row)
    purchase = counter.row(page).premium_claim.purchase_id
    for who in (officer, counter.town.till().cashier, yuki, SYSTEM):
        with pytest.raises(NotFound):
            services.void_premium_sale(counter.town.act(who), purchase_id=purchase)
    assert (amount_of(yuki.account), state(row)) == (6000, (1, 9000, 0))
    assert_whole()


def test_a_bonus_that_ended_is_gone_and_the_paid_coins_still_go_back(counter, officer):
    row, yuki = made(counter.town), counter.town.resident()
    page = buy(counter, yuki, row)
    counter.town.at = NOON + (LAST_DAY - NOON.date()) + timedelta(days=1)
    services.expire_lots(at=counter.town.at)
    refund(counter, officer, page, 5000)
    assert (coins(yuki), state(row), Reversal.objects.get().bonus) == ({"paid": 0, "bonus": 0}, (1, 9000, 0), 0)
    assert_whole()


DAMAGES = {
    "UPDATE wallet_reversal SET bonus = bonus + 1": "a reversal took from its account's lots",
    "UPDATE wallet_premiumclaim SET units = units + 1": "units that wait or waited for a card",
    "UPDATE wallet_premiumclaim SET purchase_id = NULL": "units that wait or waited for a card",
    "UPDATE wallet_premiumclaim SET purchase_id = NULL, units = 0 + units": "what is held is the sum",
    "DELETE FROM wallet_premiumclaim": "units that wait or waited for a card",
    "UPDATE wallet_balance b SET held = 1 FROM wallet_campaign c WHERE b.account_id = c.account_id": "what is held is the sum",
}


@pytest.mark.parametrize(("damage", "rule"), DAMAGES.items())
def test_the_audit_finds_a_damaged_row(counter, officer, committed_db, damage, rule):
    page = buy(counter, counter.town.resident(), made(counter.town))
    refund(counter, officer, page, 1000)
    assert CardPayment.objects.get().refunded == 1000
    assert_whole()
    with psycopg.connect(committed_db.owner_url) as owner:
        for table in ("reversal", "premiumclaim", "balance"):
            owner.execute(f"ALTER TABLE wallet_{table} DISABLE TRIGGER USER")
        owner.execute(damage)
    assert any(name.startswith(rule) for name in broken()), broken()
