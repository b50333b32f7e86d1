"""Units bought by card: claimed with the page, bought with the money, let go with the page's end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from kernel.principal import SYSTEM
from kernel.problems import NotFound, TooManyRequests
from tests.wallet.audit import assert_whole
from tests.wallet.premium.card import OVER, begin, bought, buy, refusal, state
from tests.wallet.premium.fair import DRAWN, LAST_DAY, budget_left, lots_of, made, sell
from tests.wallet.town import NOON, amount_of
from wallet import services
from wallet.errors import CampaignSpent, CardVendorAway, CardVendorRefuses, PremiumCapReached
from wallet.gateways.cards.fake import paying
from wallet.models import CardPayment, PremiumClaim, PremiumPurchase, PremiumShare
from wallet.selectors.balances import entries_of
from wallet.selectors.premium import offer_for, premium_facts
from wallet.selectors.premium_desks import desk_of
from wallet.services.cards import look

pytestmark = pytest.mark.postgres

PAID_LAST_DAY = NOON.date() + timedelta(days=180)


def test_five_thousand_yen_by_card_are_six_thousand_in_two_lots(counter):
    row, yuki = made(counter.town), counter.town.resident(yen=1000)
    page = begin(counter, yuki, row, 2)
    assert (page.status, page.amount, page.method, page.pay_by) == ("open", 10_000, "card", NOON + OVER)
    assert (page.premium.id, page.premium.name, page.premium.units) == (row.pk, row.name, 2)
    assert (page.premium.bonus, page.premium.bonus_last_day) == (2000, LAST_DAY)
    assert (amount_of(yuki.account), state(row)) == (1000, (2, 8000, 2000))
    assert_whole()
    counter.enter_card(page)
    counter.hear_all()
    assert sorted(lots_of(yuki.account)) == [
        ("bonus", 2000, LAST_DAY),
        ("paid", 1000, PAID_LAST_DAY),
        ("paid", 10_000, PAID_LAST_DAY),
    ]
    assert (counter.row(page).status, state(row), bought(row, yuki.account)) == ("paid", (2, 8000, 0), 2)
    newest = entries_of(yuki.account).get(pk=counter.row(page).top_up_id)
    assert (newest.kind, newest.direction, newest.amount) == ("top_up_card", "in", 12_000)
    purchase = PremiumPurchase.objects.get()
    assert (purchase.units, purchase.top_up.kind, purchase.claim.payment_id) == (2, "card", page.id)
    assert_whole()


def test_the_page_says_what_is_bought_in_the_language_of_the_phone(counter):
    row, yuki = made(counter.town), counter.town.resident()
    titles = []
    for person in (yuki, replace(counter.town.resident(), language="ko")):
        begun = counter.row(begin(counter, person, row, 2))
        titles.append(counter.company.session(begun.session_id)["title"])
    assert titles == ["プレミアム付コイン 秋 × 2", "Premium coins, autumn × 2"]


def test_the_offer_shows_what_is_being_paid_and_what_may_still_be_bought(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row, 2)
    mine = offer_for(yuki, row.pk, at=NOON).mine
    assert (mine.may_buy, mine.bought, mine.being_paid, mine.card_payment) == (1, 0, 2, page.id)
    desk = desk_of(row.pk, at=NOON)
    assert (desk.sold, desk.being_paid, desk.paid, desk.budget_left) == (2, 2, 0, 8000)
    (fact,) = premium_facts([yuki.account])
    assert (fact.bought, fact.being_paid) == (0, 2)
    counter.enter_card(page)
    counter.hear_all()
    mine = offer_for(yuki, row.pk, at=NOON).mine
    assert (mine.may_buy, mine.bought, mine.being_paid, mine.card_payment) == (1, 2, 0, None)
    desk = desk_of(row.pk, at=NOON)
    assert (desk.sold, desk.being_paid, desk.paid, desk.budget_left) == (2, 0, 2000, 8000)


def test_the_same_key_leads_to_the_same_page_and_claims_once(counter):
    row, yuki = made(counter.town), counter.town.resident()
    first, again = begin(counter, yuki, row, key="the-same-key"), begin(counter, yuki, row, key="the-same-key")
    assert (first, state(row)[0]) == (again, 1)
    counter.enter_card(first)
    counter.hear_all()
    assert begin(counter, yuki, row, key="the-same-key").status == "paid"
    assert (amount_of(yuki.account), state(row)) == (6000, (1, 9000, 0))


def test_one_payment_at_a_time_for_one_campaign(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row)
    assert refusal(counter, yuki, row)["payment"] == str(page.id)
    assert refusal(counter, yuki, row)["code"] == "premium_being_paid"
    assert (state(row)[0], CardPayment.objects.count()) == (1, 1)
    services.give_up_top_up(yuki, page.id, at=NOON)
    assert begin(counter, yuki, row).id != page.id


# What cannot be begun


@pytest.mark.parametrize(
    ("terms", "units", "amount", "yen", "code"),
    [
        ({}, 2, 9999, 0, "amount_fixed"),
        ({}, 0, 0, 0, "amount_invalid"),
        ({}, 4, None, 0, "premium_cap_reached"),
        ({"sells_from": NOON + timedelta(seconds=1)}, 1, None, 0, "premium_not_on_sale"),
        ({"who": "resident"}, 1, None, 0, "premium_not_for_you"),
        ({}, 1, None, 294_001, "limit_balance"),
        ({"unit_yen": 49}, 1, None, 0, "top_up_out_of_range"),
    ],
)
def test_what_cannot_be_bought_is_refused_and_nothing_is_begun(counter, terms, units, amount, yen, code):
    row, yuki = made(counter.town, **terms), counter.town.resident(yen=yen)
    before = state(row)
    assert refusal(counter, yuki, row, units, amount=amount)["code"] == code
    assert (state(row), bought(row, yuki.account), CardPayment.objects.count()) == (before, 0, 0)
    assert counter.news() == []


def test_the_bonus_counts_towards_the_limit_of_the_balance(counter):
    row, yuki = made(counter.town), counter.town.resident(yen=294_000)
    buy(counter, yuki, row)
    assert amount_of(yuki.account) == 300_000


def test_sold_out_by_pages_is_sold_out_until_one_is_given_up(counter):
    row, yuki, aoi = made(counter.town, units=3), counter.town.resident(), counter.town.resident()
    page = begin(counter, yuki, row, 3)
    assert refusal(counter, aoi, row)["code"] == "premium_sold_out"
    assert offer_for(aoi, row.pk, at=NOON).state == "sold_out"
    assert services.give_up_top_up(yuki, page.id, at=NOON).status == "ended"
    assert (state(row), offer_for(aoi, row.pk, at=NOON).sold_out_at) == ((0, 3000, 0), None)
    buy(counter, aoi, row, 3)
    assert_whole()


def test_cash_and_card_share_one_cap(counter):
    row, yuki = made(counter.town), counter.town.resident()
    begin(counter, yuki, row, 2)
    with pytest.raises(PremiumCapReached) as refused:
        sell(counter.town, row, yuki, 2)
    assert refused.value.members["may"] == 1
    sell(counter.town, row, yuki, 1)
    assert (state(row), bought(row, yuki.account)) == ((3, 7000, 2000), 3)
    assert_whole()


def test_a_closed_or_frozen_account_begins_nothing(counter):
    row, yuki = made(counter.town), counter.town.resident()
    services.freeze_account(counter.town.act(SYSTEM), account_id=yuki.account, scope="all", reason="調査")
    assert refusal(counter, yuki, row)["code"] == "account_frozen"
    assert state(row) == (0, 10_000, 0)


def test_who_begins_too_many_within_an_hour_waits(counter):
    row, yuki = made(counter.town), counter.town.resident()
    for _ in range(10):
        services.give_up_top_up(yuki, begin(counter, yuki, row).id, at=NOON)
    with pytest.raises(TooManyRequests):
        begin(counter, yuki, row)
    assert state(row) == (0, 10_000, 0)


def test_who_won_buys_in_their_window_and_after_it_the_next_do(counter):
    row, yuki = made(counter.town, DRAWN), counter.town.resident()
    PremiumShare.objects.create(premium=row, account_id=yuki.account, cap=1, window_ends_at=NOON + timedelta(days=10))
    counter.town.at = NOON + timedelta(days=10) - timedelta(minutes=1)
    assert refusal(counter, counter.town.resident(), row)["code"] == "premium_not_on_sale"  # the draw is not over
    type(row).objects.filter(pk=row.pk).update(allotted_at=NOON)
    assert refusal(counter, counter.town.resident(), row)["code"] == "premium_not_allotted"
    page = begin(counter, yuki, row)
    counter.town.at = NOON + timedelta(days=10, minutes=5)
    services.pass_on(counter.town.act(SYSTEM), premium_id=row.pk)
    counter.enter_card(page)
    counter.hear_all()
    assert (counter.row(page).status, amount_of(yuki.account)) == ("paid", 6000)
    assert refusal(counter, yuki, row)["code"] == "premium_not_allotted"


# The page ends


def test_a_page_that_nobody_paid_lets_the_units_go(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row, 3)
    counter.town.at = NOON + OVER - timedelta(seconds=1)
    assert services.sweep_cards(at=counter.town.at) == 1
    assert (counter.row(page).status, state(row)) == ("open", (3, 7000, 3000))
    counter.town.at = NOON + OVER
    services.sweep_cards(at=counter.town.at)
    assert (counter.row(page).status, state(row), bought(row, yuki.account)) == ("ended", (0, 10_000, 0), 0)
    assert PremiumClaim.objects.get().released_at == counter.town.at
    services.sweep_cards(at=counter.town.at + timedelta(minutes=5))
    counter.hear_all()
    assert state(row) == (0, 10_000, 0)
    assert_whole()


def test_who_paid_a_moment_before_giving_up_has_the_coins(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row)
    counter.enter_card(page)
    assert services.give_up_top_up(yuki, page.id, at=NOON).status == "paid"
    assert (amount_of(yuki.account), state(row)) == (6000, (1, 9000, 0))


def test_a_declined_card_keeps_the_units_while_the_page_lives(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row)
    counter.enter_card(page, paying.POOR)
    counter.hear_all()
    assert (counter.row(page).refused, state(row)) == ("insufficient_funds", (1, 9000, 1000))
    counter.enter_card(page)
    counter.hear_all()
    assert amount_of(yuki.account) == 6000


def test_a_page_that_the_vendor_was_away_for_is_opened_by_asking_again(counter, settings):
    row, yuki = made(counter.town), counter.town.resident()
    there, settings.STRIPE = settings.STRIPE, settings.STRIPE | {"api_base": "http://127.0.0.1:9"}
    with pytest.raises(CardVendorAway):
        begin(counter, yuki, row, key="a-key-again")
    assert state(row) == (1, 9000, 1000)
    settings.STRIPE = there
    counter.town.at = NOON + timedelta(minutes=4)
    assert begin(counter, yuki, row, key="a-key-again").status == "open"
    assert state(row) == (1, 9000, 1000)


@pytest.mark.parametrize("minutes", [1, 10], ids=["it can still be opened", "the vendor refuses it by now"])
def test_a_page_that_was_never_opened_can_be_given_up(counter, settings, minutes):
    row, yuki = made(counter.town), counter.town.resident()
    there, settings.STRIPE = settings.STRIPE, settings.STRIPE | {"api_base": "http://127.0.0.1:9"}
    with pytest.raises(CardVendorAway):
        begin(counter, yuki, row)
    settings.STRIPE = there
    counter.town.at = NOON + timedelta(minutes=minutes)
    assert services.give_up_top_up(yuki, CardPayment.objects.get().pk, at=counter.town.at).status == "ended"
    assert (state(row), bought(row, yuki.account)) == ((0, 10_000, 0), 0)
    assert_whole()


def test_a_page_that_was_never_opened_ends_by_itself(counter, settings):
    row, yuki = made(counter.town), counter.town.resident()
    there, settings.STRIPE = settings.STRIPE, settings.STRIPE | {"api_base": "http://127.0.0.1:9"}
    with pytest.raises(CardVendorAway):
        begin(counter, yuki, row)
    settings.STRIPE = there
    services.sweep_cards(at=NOON + OVER - timedelta(seconds=1))
    assert state(row) == (1, 9000, 1000)
    services.sweep_cards(at=NOON + OVER)
    assert (CardPayment.objects.get().status, state(row)) == ("ended", (0, 10_000, 0))
    assert_whole()


def test_a_page_that_the_vendor_refuses_lets_the_units_go_at_once(counter, settings):
    row, yuki = made(counter.town), counter.town.resident()
    there, settings.STRIPE = settings.STRIPE, settings.STRIPE | {"api_base": "http://127.0.0.1:9"}
    with pytest.raises(CardVendorAway):
        begin(counter, yuki, row, key="much-too-late")
    settings.STRIPE = there
    counter.town.at = NOON + timedelta(minutes=10)  # the page would live for less than half an hour
    with pytest.raises(CardVendorRefuses):
        begin(counter, yuki, row, key="much-too-late")
    assert (CardPayment.objects.get().status, state(row)) == ("ended", (0, 10_000, 0))
    buy(counter, yuki, row)
    assert_whole()


def test_nobody_sees_or_ends_another_s(counter):
    row, yuki, aoi = made(counter.town), counter.town.resident(), counter.town.resident()
    page = begin(counter, yuki, row)
    for asking in (services.look_for, services.give_up_top_up):
        with pytest.raises(NotFound):
            asking(aoi, page.id, at=NOON)
    assert (counter.row(page).status, offer_for(aoi, row.pk, at=NOON).mine.card_payment) == ("open", None)


# The campaign ends while somebody pays


@pytest.mark.parametrize("ends", ["officer", "clock"])
def test_who_began_in_time_is_sold_to_whatever_ended_since(counter, ends):
    row, yuki = made(counter.town), counter.town.resident()
    if ends == "clock":
        counter.town.at = row.sells_until - timedelta(seconds=1)
    page = begin(counter, yuki, row)
    if ends == "officer":
        services.end_premium(counter.town.act(SYSTEM), premium_id=row.pk, why="試験")
    counter.town.at += timedelta(minutes=10)
    assert refusal(counter, counter.town.resident(), row)["code"] == "premium_not_on_sale"
    counter.enter_card(page)
    counter.hear_all()
    assert (counter.row(page).status, amount_of(yuki.account), state(row)) == ("paid", 6000, (1, 9000, 0))
    assert_whole()


def test_the_budget_cannot_be_returned_from_under_a_page(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row, 2)
    services.end_premium(counter.town.act(SYSTEM), premium_id=row.pk, why="試験")
    said = {"campaign_id": row.campaign_id, "why": "残りを返す"}
    with pytest.raises(CampaignSpent):
        services.return_rest(counter.town.act(SYSTEM), **said, amount=8001)
    services.return_rest(counter.town.act(SYSTEM), **said)
    assert (budget_left(row), state(row)) == (0, (2, 0, 2000))
    counter.enter_card(page)
    counter.hear_all()
    assert (amount_of(yuki.account), state(row)) == (12_000, (2, 0, 0))
    assert_whole()


def test_without_a_budget_nothing_is_begun(counter):
    row, yuki = made(counter.town), counter.town.resident()
    services.return_rest(counter.town.act(SYSTEM), campaign_id=row.campaign_id, amount=9500, why="まちがい")
    assert refusal(counter, yuki, row)["code"] == "campaign_spent"
    assert (state(row), bought(row, yuki.account), CardPayment.objects.count()) == ((0, 500, 0), 0, 0)
    assert_whole()


# What the tables refuse


@pytest.mark.parametrize(
    "change",
    [
        {"units": 2},
        {"at": NOON + timedelta(days=1)},
        {"released_at": NOON - timedelta(seconds=1)},
        {"premium_id": "00000000-0000-7000-8000-000000000001"},
    ],
)
def test_the_table_keeps_a_claim_as_it_was_begun(counter, change):
    row = made(counter.town)
    begin(counter, counter.town.resident(), row)
    with pytest.raises(DatabaseError), transaction.atomic():
        PremiumClaim.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        PremiumClaim.objects.all()._raw_delete("default")
    with pytest.raises(DatabaseError), transaction.atomic():  # an end lets the units go, or is none
        CardPayment.objects.update(status="ended", finished_at=NOON, version=9)
    assert_whole()


def test_a_claim_is_of_a_payment_for_units_alone(counter):
    row, yuki = made(counter.town), counter.town.resident()
    top_up = counter.begin(yuki, 5000)
    with pytest.raises(DatabaseError), transaction.atomic():
        PremiumClaim.objects.create(payment_id=top_up.id, premium=row, account_id=yuki.account, units=1, at=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        CardPayment.objects.create(
            purpose="premium", method="card", account_id=yuki.account, amount=5000, started_at=NOON, closes_at=NOON
        )
    assert look(top_up.id, at=NOON).status == "open"
