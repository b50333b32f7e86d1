"""Money for units comes late, twice, in disorder or where it cannot be taken: coins once, or all of it back to the card."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from kernel.principal import SYSTEM
from tests.wallet.audit import assert_whole
from tests.wallet.premium.card import OVER, begin, bought, buy, state
from tests.wallet.premium.fair import DRAWN, FIRST_COME, LAST_DAY, lots_of, made, sell
from tests.wallet.town import NOON, amount_of
from wallet import services
from wallet.models import CardAlert, CardPayment, CardRefund, PremiumClaim, PremiumPurchase, PremiumShare, TopUp
from wallet.services.cards.settling import end_unopened
from wallet.services.merging import succeed

pytestmark = pytest.mark.postgres


def lost(counter, page, *, after=OVER):
    """Let the city end a page, as if the vendor had said so, though it can still be paid there."""
    row = counter.row(page)
    counter.town.at += after
    session = row.session_id
    with counter.company.books.turn() as turn:
        thing = turn.find("checkout.session", session)
        turn.save(thing | {"status": "expired"})
    services.look_for(person_of(counter, row), page.id, at=counter.town.at)
    with counter.company.books.turn() as turn:
        turn.save(turn.find("checkout.session", session) | {"status": "open", "expires_at": 1 << 40})
    assert counter.row(page).status == "ended"


def person_of(counter, row):
    return next(each for each in counter.town.people if each.account == row.account_id)


def paid_late(counter, page) -> CardPayment:
    """Pay a page that had ended here, and let the news come."""
    counter.enter_card(page)
    counter.hear_all()
    return counter.row(page)


def charged_back(counter, payment: CardPayment) -> int:
    with counter.company.books.turn() as turn:
        charge = turn.find("payment_intent", payment.intent_id)["latest_charge"]
        return int(turn.find("charge", charge)["amount_refunded"])


def test_late_money_buys_what_is_still_there(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row, 2)
    lost(counter, page)
    assert state(row) == (0, 10_000, 0)
    assert paid_late(counter, page).status == "paid"
    assert (amount_of(yuki.account), state(row), bought(row, yuki.account)) == (12_000, (2, 8000, 0), 2)
    claim = PremiumClaim.objects.get()
    assert (claim.released_at, claim.purchase.units) == (NOON + OVER, 2)
    assert_whole()


def test_late_money_for_what_is_sold_out_goes_back_and_the_person_is_told_why(counter):
    row, yuki = made(counter.town, units=3), counter.town.resident()
    page = begin(counter, yuki, row, 2)
    lost(counter, page)
    sell(counter.town, row, counter.town.resident(), 2)
    payment = paid_late(counter, page)
    refund = CardRefund.objects.get()
    assert (payment.status, refund.reason, refund.status, refund.amount) == ("returned", "units", "done", 10_000)
    assert (charged_back(counter, payment), amount_of(yuki.account)) == (10_000, 0)
    assert (state(row), bought(row, yuki.account), PremiumPurchase.objects.count()) == ((2, 1000, 0), 0, 1)
    counter.hear_all()
    assert (CardRefund.objects.count(), CardAlert.objects.count()) == (1, 0)
    assert_whole()


@pytest.mark.parametrize("ends", ["officer", "clock", "cap", "budget", "window"])
def test_late_money_is_sold_to_as_on_that_day_or_goes_back(counter, ends):
    row = made(counter.town, DRAWN if ends == "window" else FIRST_COME)
    yuki = counter.town.resident()
    if ends == "window":
        counter.town.at = row.sells_from
        type(row).objects.filter(pk=row.pk).update(allotted_at=NOON)
        until = counter.town.at + timedelta(minutes=20)
        PremiumShare.objects.create(premium=row, account_id=yuki.account, cap=1, window_ends_at=until)
    page = begin(counter, yuki, row)
    lost(counter, page)
    if ends == "officer":
        services.end_premium(counter.town.act(SYSTEM), premium_id=row.pk, why="試験")
    elif ends == "clock":
        counter.town.at = row.sells_until
    elif ends == "cap":
        sell(counter.town, row, yuki, 3)
    elif ends == "budget":
        services.return_rest(counter.town.act(SYSTEM), campaign_id=row.campaign_id, amount=9001, why="試験")
    before, coins = state(row), amount_of(yuki.account)
    assert paid_late(counter, page).status == "returned"
    assert (CardRefund.objects.get().reason, state(row), amount_of(yuki.account)) == ("units", before, coins)
    assert_whole()


def test_a_bonus_that_is_over_is_not_sold_any_more(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row)
    counter.enter_card(page)
    counter.town.at = datetime(2027, 3, 1, tzinfo=UTC)
    assert counter.town.at.date() > LAST_DAY
    services.sweep_cards(at=counter.town.at)
    assert (counter.row(page).status, CardRefund.objects.get().reason) == ("returned", "units")
    assert (amount_of(yuki.account), state(row)) == (0, (0, 10_000, 0))
    assert_whole()


@pytest.mark.parametrize(("what", "reason"), [("limit", "limit"), ("freeze", "frozen"), ("close", "closed")])
def test_what_the_account_cannot_take_goes_back_and_the_units_are_free_again(counter, what, reason):
    row, yuki = made(counter.town), counter.town.resident(yen=200_000)
    page = begin(counter, yuki, row, 3)
    if what == "limit":
        services.issue_coins(counter.town.act(SYSTEM), account_id=yuki.account, amount=90_000)
    elif what == "freeze":
        services.freeze_account(counter.town.act(SYSTEM), account_id=yuki.account, scope="all", reason="調査")
    else:
        services.close_account(counter.town.act(SYSTEM), resident_id=yuki.actor)
    before = amount_of(yuki.account)
    counter.enter_card(page)
    counter.hear_all()
    refund = CardRefund.objects.get()
    assert (counter.row(page).status, refund.reason, refund.status) == ("returned", reason, "done")
    assert (amount_of(yuki.account), state(row), bought(row, yuki.account)) == (before, (0, 10_000, 0), 0)
    assert (PremiumPurchase.objects.count(), TopUp.objects.filter(kind="card").count()) == (0, 0)
    assert_whole()


def test_a_closed_account_s_page_ends_like_any_other(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row)
    services.close_account(counter.town.act(SYSTEM), resident_id=yuki.actor)
    counter.town.at += OVER
    services.sweep_cards(at=counter.town.at)
    assert (counter.row(page).status, state(row)) == ("ended", (0, 10_000, 0))
    assert_whole()


def test_what_a_merged_id_was_paying_follows_to_the_id_that_stays(counter):
    row, old, new = made(counter.town), counter.town.resident(), counter.town.resident()
    page = begin(counter, old, row)
    succeed(counter.town.act(SYSTEM), survivor_id=new.actor, merged_id=old.actor)
    assert services.look_for(new, page.id, at=NOON).status == "open"
    counter.enter_card(page)
    counter.hear_all()
    services.follow_successions(at=NOON)
    assert (amount_of(old.account), [kind for kind, *_ in lots_of(new.account)]) == (0, ["bonus", "paid"])
    assert (amount_of(new.account), state(row)) == (6000, (1, 9000, 0))
    assert_whole()


# The news


def test_a_storm_of_news_sells_once(counter):
    row, chance = made(counter.town, units=30, per_person=3), Random(3)
    people = [counter.town.resident() for _ in range(6)]
    pages = [begin(counter, who, row, 1 + number % 3) for number, who in enumerate(people)]
    for page in pages[:4]:
        counter.enter_card(page)
    services.give_up_top_up(people[4], pages[4].id, at=NOON)
    news = counter.news()
    storm = [event for event in news * 4 if chance.random() > 0.4]  # doubled, shuffled, and some never come
    chance.shuffle(storm)
    for event in storm:
        counter.hear(event)
    counter.town.at += OVER
    for _ in range(2):
        services.sweep_cards(at=counter.town.at)
        services.process_card_events(at=counter.town.at)
    assert [counter.row(page).status for page in pages] == ["paid"] * 4 + ["ended"] * 2
    assert [amount_of(who.account) for who in people] == [6000, 12_000, 18_000, 6000, 0, 0]
    assert (state(row), PremiumPurchase.objects.count()) == ((7, 23_000, 0), 4)
    assert_whole()


def test_news_that_never_came_is_found_by_comparing_the_books(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row)
    counter.enter_card(page)
    run = services.reconcile_cards(since=NOON - timedelta(hours=1), until=NOON + timedelta(hours=1), at=NOON)
    assert (run.mended, run.alerts, amount_of(yuki.account)) == (1, 0, 6000)
    assert_whole()


def test_a_page_whose_opening_got_lost_is_paid_all_the_same(counter, monkeypatch):
    row, yuki = made(counter.town), counter.town.resident()
    with monkeypatch.context() as crash:
        crash.setattr("wallet.services.cards.starting.note_page", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            begin(counter, yuki, row, key="a-crash-between")
    assert (CardPayment.objects.get().status, state(row)) == ("started", (1, 9000, 1000))
    page = begin(counter, yuki, row, key="a-crash-between")  # the vendor knows the key, and has one page
    counter.enter_card(page)
    counter.hear_all()
    assert (CardPayment.objects.get().status, state(row)) == ("paid", (1, 9000, 0))


def test_a_crash_in_the_middle_of_booking_books_nothing_and_the_next_look_all(counter, monkeypatch):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row)
    counter.enter_card(page)
    with monkeypatch.context() as crash:
        crash.setattr("wallet.services.cards.settling._finish", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            services.look_for(yuki, page.id, at=NOON)
    assert (amount_of(yuki.account), state(row), PremiumPurchase.objects.count()) == (0, (1, 9000, 1000), 0)
    assert services.look_for(yuki, page.id, at=NOON).status == "paid"
    assert (amount_of(yuki.account), state(row)) == (6000, (1, 9000, 0))
    assert_whole()


def test_another_amount_calls_an_officer_and_the_units_wait_no_longer_than_the_page(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row)
    intent = counter.enter_card(page)
    with counter.company.books.turn() as turn:
        turn.save(turn.find("payment_intent", intent["id"]) | {"amount_received": 4999})
    counter.hear_all()
    assert (CardAlert.objects.get().kind, state(row)) == ("wrong_amount", (1, 9000, 1000))
    counter.town.at += OVER
    services.sweep_cards(at=counter.town.at)
    assert (CardAlert.objects.count(), amount_of(yuki.account), state(row)) == (1, 0, (0, 10_000, 0))
    assert_whole()


def test_an_end_that_comes_twice_lets_go_once(counter):
    row, yuki = made(counter.town), counter.town.resident()
    page = begin(counter, yuki, row)
    services.give_up_top_up(yuki, page.id, at=NOON)
    buy(counter, counter.town.resident(), row)
    for _ in range(2):
        end_unopened(counter.town.act(SYSTEM), payment_id=page.id, is_refused=True)
        services.give_up_top_up(yuki, page.id, at=NOON)
    assert state(row) == (1, 9000, 0)
    assert_whole()
