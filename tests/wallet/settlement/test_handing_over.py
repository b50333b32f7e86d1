"""A shop that always takes in more cash than it sells hands the rest over: two officers, the books, and never more than is owed."""

from datetime import timedelta
from functools import partial

import psycopg
import pytest

from accounts.selectors import principal_of
from kernel import clock
from kernel.clock import jst_date
from kernel.use_case import Act
from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import assert_whole
from tests.wallet.callers import act as city_act
from tests.wallet.settlement.test_cash_of_shops import in_tills, sell
from tests.wallet.settlement.test_paying_shops import END_OF_MONTH, at_the_bank
from tests.wallet.test_admin import at_the_desk
from tests.wallet.test_cash import FLOAT
from tests.wallet.town import Person
from wallet import services
from wallet.errors import (
    AmountInvalid,
    AnotherOfficerNeeded,
    HandoverDecided,
    HandoverIncomplete,
    HandoverWaits,
    MoreThanOwed,
    TillNotOpen,
)
from wallet.models import SOURCES, CashTill, CashTillEntry, Posting, SettlementTransfer, Shop, ShopCashHandover
from wallet.selectors.shop_cash import cash_owed, cash_to_hand_over

DESK = "/admin/settlements/cash"


def organisation_of(shop):
    return Shop.objects.get(pk=shop.id).organisation_id


def record(market, shop, amount: int, *, by: Person | None = None, way: str = "bank", **said):
    told = {"received_on": jst_date(market.town.at), "reference": "A-001" if way == "bank" else ""} | said
    return services.record_handover(
        market.town.act(by or market.first), organisation_id=organisation_of(shop), amount=amount, way=way, **told
    )


def accept(market, handover, *, by: Person | None = None):
    return services.decide_handover(market.town.act(by or market.second), handover_id=handover.id, accept=True)


def booked_into(kind: str) -> int:
    moved = Posting.objects.filter(debit_id=SOURCES[kind], credit_id=SOURCES["shop_cash"])
    return sum(row.amount for row in moved)


def test_what_was_transferred_is_booked_once_another_officer_accepts_it(market):
    shop = market.shop()
    sell(market, shop, 5_000)
    handed = record(market, shop, 3_000)
    assert (handed.is_accepted, in_tills(), booked_into("bank")) == (None, 5_000, 0)
    with pytest.raises(AnotherOfficerNeeded):
        accept(market, handed, by=market.first)
    assert accept(market, handed).is_accepted is True
    assert (in_tills(), booked_into("bank"), booked_into("counter_cash")) == (2_000, 3_000, 0)
    assert cash_owed(before=market.town.at + timedelta(seconds=1)) == {organisation_of(shop): 2_000}
    with pytest.raises(HandoverDecided):
        accept(market, handed)
    market.pay(shop, 10_000)
    assert market.settle().total == 10_000 - 100 - 2_000  # settlement keeps the rest alone
    assert in_tills() == 0
    assert_whole()


def test_it_is_never_more_than_is_owed_nor_than_settlement_means_to_keep(market):
    shop = market.shop()
    sell(market, shop, 5_000)
    with pytest.raises(MoreThanOwed) as refused:
        record(market, shop, 5_001)
    assert refused.value.members == {"owed": 5_000}
    handed = record(market, shop, 5_000)
    with pytest.raises(HandoverWaits):
        record(market, shop, 1)
    market.pay(shop, 9_000)
    batch = market.draw()  # it means to keep the five thousand
    assert cash_to_hand_over(organisation_of(shop), at=market.town.at) == 0
    with pytest.raises(MoreThanOwed):
        accept(market, handed)
    assert ShopCashHandover.objects.get().decided_at is None
    services.withdraw_settlement(market.town.act(market.first), batch_id=batch.id, why="現金で受け取るため")
    accept(market, handed)
    market.settle(END_OF_MONTH)
    assert (at_the_bank(), booked_into("bank"), in_tills()) == (
        9_000 - 90 - 5_000,
        5_000,
        0,
    )  # paid out, less what came in
    assert_whole()


def test_what_is_turned_down_or_taken_back_moves_nothing(market):
    shop = market.shop()
    sell(market, shop, 5_000)
    for person in (market.second, market.first):
        handed = record(market, shop, 2_000)
        said = services.decide_handover(market.town.act(person), handover_id=handed.id, accept=False)
        assert said.is_accepted is False
    assert (in_tills(), booked_into("bank")) == (5_000, 0)
    assert_whole()


def test_what_is_not_whole_is_refused(market):
    shop = market.shop()
    sell(market, shop, 5_000)
    tomorrow = jst_date(market.town.at) + timedelta(days=1)
    wrong = ({"reference": " "}, {"received_on": tomorrow}, {"way": "pigeon"})
    for said in (*wrong, {"way": "counter", "received_on": jst_date(market.town.at) - timedelta(days=1)}):
        with pytest.raises(HandoverIncomplete):
            record(market, shop, 1_000, **said)
    with pytest.raises(AmountInvalid):
        record(market, shop, 0)
    assert not ShopCashHandover.objects.exists()


def test_at_the_counter_it_lies_in_the_till_of_who_took_it(market):
    shop = market.shop()
    sell(market, shop, 5_000)
    counter = services.open_counter(city_act(), name="会計課").id
    with pytest.raises(TillNotOpen):
        record(market, shop, 4_000, way="counter")
    rights = frozenset({"wallet.settle", "wallet.keep_till"})
    mio = Person(market.first.actor, rights)
    till = services.open_till(market.town.act(mio), counter_id=counter, count=FLOAT)
    handed = record(market, shop, 4_000, by=mio, way="counter")
    accept(market, handed)
    assert [(row.till_id, row.amount) for row in CashTillEntry.objects.all()] == [(till.id, 4_000)]
    assert (booked_into("counter_cash"), in_tills()) == (4_000, 1_000)
    late = record(market, shop, 1_000, by=mio, way="counter")
    services.close_till(market.town.act(mio), till_id=till.id, count=FLOAT | {"1000": 14})
    with pytest.raises(TillNotOpen):
        accept(market, late)
    assert CashTill.objects.get().expected == 29_000
    assert_whole()


@pytest.mark.postgres
def test_ten_officers_accept_at_once_and_it_is_booked_once(market):
    shop = market.shop()
    sell(market, shop, 5_000)
    handed = record(market, shop, 5_000)
    outcomes = all_at_once(partial(accept, market, handed, by=market.second) for _ in range(10))
    assert outcomes.count("handover_decided") == 9
    assert (in_tills(), booked_into("bank")) == (0, 5_000)
    assert_whole()


@pytest.mark.postgres
def test_handed_over_and_settled_at_once_it_is_counted_once(market):
    shop = market.shop()
    sell(market, shop, 5_000)
    handed = record(market, shop, 5_000)
    market.pay(shop, 9_000)
    market.town.at += timedelta(days=28)
    draw = partial(services.draw_up_settlement, market.town.act(market.first), cut_off_on=END_OF_MONTH)
    outcomes = all_at_once([draw, partial(accept, market, handed)])
    assert outcomes.count("more_than_owed") <= 1
    kept = sum(row.cash for row in SettlementTransfer.objects.all())
    assert kept + booked_into("bank") == 5_000
    assert_whole()


def test_the_same_intention_twice_is_one(market):
    shop = market.shop()
    sell(market, shop, 5_000)
    act = market.town.act(market.first)
    said = {
        "organisation_id": organisation_of(shop), "amount": 1_000, "way": "bank",
        "received_on": jst_date(market.town.at), "reference": "A-7",
    }  # fmt: skip
    assert services.record_handover(act, **said) == services.record_handover(act, **said)
    assert ShopCashHandover.objects.count() == 1


def test_at_the_desk_and_in_the_managers_till(city):
    shop = city.shop()
    customer = city.resident(yen=1)
    sold = Act(principal_of(shop.cashier.resident_id), at=clock.now(), key="handing-over-sale")
    services.top_up_at_shop(sold, shop_id=shop.id, customer_code=customer.code(), amount=8_000)
    officer, administrator = (at_the_desk(each) for each in city.city_office())
    said = {"deed": "record", "organisation": str(shop.organisation_id), "amount": "6,000", "way": "bank",
            "received_on": str(jst_date(clock.now())), "reference": "K-12"}  # fmt: skip
    page = officer.get(DESK).content.decode()
    assert "見本食堂" in page
    assert "8,000" in page
    officer.post(DESK, said | {"key": "handing-over-record"})
    again = officer.post(DESK, said | {"key": "handing-over-record"}, follow=True)
    assert "承認はほかの職員が行います" in again.content.decode()
    assert "承認を待つ受け取りが1件あります" in administrator.get("/admin/settlements/").content.decode()
    row = ShopCashHandover.objects.get()
    officer.post(DESK, {"deed": "accept", "handover": str(row.pk)})
    row.refresh_from_db()
    assert row.decided_at is None
    done = administrator.post(DESK, {"deed": "accept", "handover": str(row.pk)}, follow=True).content.decode()
    assert "6,000円の受け取りを承認し、帳簿に記入しました" in done
    (mine,) = shop.manager.get("shop_cash").json()["results"]
    assert (mine["owed"], [(each["amount"], each["way"]) for each in mine["received"]]) == (2_000, [(6_000, "bank")])
    assert shop.cashier.get("shop_cash").json() == {"results": []}
    told = {each["title"]: each["body"] for each in shop.manager.get("/api/v1/accounts/messages").json()["results"]}
    assert "残っている市の現金は2,000円です" in told["お店で預かった現金6,000円を受け取りました"]
    assert at_the_desk(shop.manager).get(DESK).status_code in (302, 403)
    assert_whole()


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE wallet_shopcashhandover SET amount = 1",
        "UPDATE wallet_shopcashhandover SET is_accepted = false, journal_id = NULL",
        "UPDATE wallet_shopcashhandover SET decided_by = recorded_by",
        "DELETE FROM wallet_shopcashhandover",
    ],
)
def test_what_was_decided_stays_whoever_asks(market, committed_db, statement):
    shop = market.shop()
    sell(market, shop, 5_000)
    accept(market, record(market, shop, 5_000))
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner, pytest.raises(psycopg.Error):
        owner.execute(statement)
