"""Frozen accounts: what stops, what still arrives, and who ends it."""

import psycopg
import pytest
from django.db import DatabaseError, connection

from kernel import clock
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed
from kernel.use_case import Act
from tests.wallet.audit import broken
from tests.wallet.town import Person, amount_of
from wallet import services
from wallet.errors import AccountFrozen, AnotherOfficerNeeded, FreezeOver, NoWallet
from wallet.models import AccountFreeze, Balance, Journal
from wallet.selectors.balances import balance_of
from wallet.services.merging import succeed

pytestmark = pytest.mark.postgres

OFFICER = Person(new_id(), frozenset({"wallet.freeze_accounts"}))
COLLEAGUE = Person(new_id(), frozenset({"wallet.freeze_accounts"}))


def freeze(town, person, scope="outgoing", by=OFFICER, **more):
    return services.freeze_account(
        town.act(by), account_id=person.account, scope=scope, reason="届出により確認中", **more
    )


def frozen(person) -> int:
    return Balance.objects.get(pk=person.account).frozen


@pytest.mark.parametrize("scope", ["outgoing", "all"])
def test_nothing_goes_out_by_any_way_and_nothing_changes(town, scope):
    yuki, shop = town.resident(yen=3_000), town.till()
    charge = services.create_charge(town.act(shop.cashier), shop_id=shop.id, amount=10)
    code = town.customer_code(yuki)
    freeze(town, yuki, scope)
    journals = Journal.objects.count()
    for way in (services.pay, services.pay_at_once):
        for shown, amount in ((shop.code, 10), (charge.code, None)):
            with pytest.raises(AccountFrozen):
                way(town.act(yuki), code=shown, amount=amount)
    for way in (services.charge_customer, services.charge_customer_at_once, services.hold):
        with pytest.raises(AccountFrozen):
            way(town.act(shop.cashier), shop_id=shop.id, customer_code=code, amount=10)
    assert (amount_of(yuki.account), Journal.objects.count()) == (3_000, journals)
    assert balance_of(yuki.account, at=town.at).frozen == scope
    assert broken() == {}


def test_more_than_there_is_says_frozen_too_so_that_a_till_learns_no_balance(town):
    yuki, shop = town.resident(yen=5), town.till()
    freeze(town, yuki)
    for way in (services.pay, services.pay_at_once):
        with pytest.raises(AccountFrozen):
            way(town.act(yuki), code=shop.code, amount=4_000)


def test_outgoing_frozen_still_gets_coins_and_all_frozen_gets_none(town):
    yuki = town.resident(yen=100)
    freeze(town, yuki)
    services.issue_coins(town.act(SYSTEM), account_id=yuki.account, amount=50)
    freeze(town, yuki, "all")
    with pytest.raises(AccountFrozen):
        services.issue_coins(town.act(SYSTEM), account_id=yuki.account, amount=50)
    assert amount_of(yuki.account) == 150


def test_a_refund_reaches_an_account_frozen_for_all_and_cannot_be_spent(town):
    yuki, shop = town.resident(yen=500), town.till()
    receipt = services.pay_at_once(town.act(yuki), code=shop.code, amount=300)
    freeze(town, yuki, "all")
    services.refund_payment(town.act(shop.cashier), payment_id=receipt.id, amount=100)
    assert amount_of(yuki.account) == 300
    with pytest.raises(AccountFrozen):
        services.pay(town.act(yuki), code=shop.code, amount=1)
    assert broken() == {}


def test_what_was_set_aside_before_is_captured_and_the_rest_stays_frozen(town):
    yuki, shop = town.resident(yen=500), town.till()
    held = services.hold(town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(yuki), amount=200)
    freeze(town, yuki, "all")
    services.capture_hold(town.act(shop.cashier), hold_id=held.id, amount=150)
    assert (amount_of(yuki.account), frozen(yuki)) == (350, 2)


def test_another_officer_ends_it_once(town):
    yuki, shop = town.resident(yen=500), town.till()
    row = freeze(town, yuki)
    with pytest.raises(AnotherOfficerNeeded):
        services.unfreeze_account(town.act(OFFICER), freeze_id=row.id, why="確認できた")
    with pytest.raises(NotAllowed):
        services.unfreeze_account(town.act(Person(new_id())), freeze_id=row.id, why="確認できた")
    with pytest.raises(NotAllowed):  # nor does machinery end what an officer decided
        services.unfreeze_account(town.act(SYSTEM), freeze_id=row.id, why="確認できた")
    assert frozen(yuki) == 1
    ended = services.unfreeze_account(town.act(COLLEAGUE), freeze_id=row.id, why="本人に確認した")
    assert (ended.ended_by, ended.end_reason, frozen(yuki)) == (COLLEAGUE.actor, "本人に確認した", 0)
    with pytest.raises(FreezeOver):
        services.unfreeze_account(town.act(COLLEAGUE), freeze_id=row.id, why="もう一度")
    services.pay_at_once(town.act(yuki), code=shop.code, amount=500)


def test_two_freezes_stand_apart_and_the_stronger_counts(town):
    yuki, dispute = town.resident(yen=500), new_id()
    mild, strong = freeze(town, yuki), freeze(town, yuki, "all", by=SYSTEM, about=dispute)
    assert frozen(yuki) == 2
    assert freeze(town, yuki, "all", by=SYSTEM, about=dispute).id == strong.id  # a notice that comes twice freezes once
    services.unfreeze_account(town.act(SYSTEM), freeze_id=strong.id, why="異議が取り下げられた")
    assert frozen(yuki) == 1
    services.unfreeze_account(town.act(COLLEAGUE), freeze_id=mild.id, why="確認できた")
    assert frozen(yuki) == 0
    assert AccountFreeze.objects.count() == 2


def test_who_may_not_freeze_freezes_nothing_and_a_shop_has_no_such_account(town):
    yuki, shop = town.resident(yen=500), town.till()
    with pytest.raises(NotAllowed):
        freeze(town, yuki, by=Person(new_id()))
    with pytest.raises(NoWallet):
        services.freeze_account(town.act(OFFICER), account_id=shop.account, scope="all", reason="届出")
    assert AccountFreeze.objects.count() == 0


def test_merging_ids_takes_the_freeze_along(town):
    old, new, shop = town.resident(yen=500), town.resident(), town.till()
    freeze(town, old)
    succeed(Act(SYSTEM, at=town.at), survivor_id=new.actor, merged_id=old.actor)
    assert (frozen(new), amount_of(new.account)) == (1, 500)
    with pytest.raises(AccountFrozen):
        services.pay_at_once(town.act(new), code=shop.code, amount=1)
    assert freeze(town, old, "all").account_id == new.account  # who freezes the old one means where the coins are
    assert broken() == {}


def test_a_frozen_wallet_is_not_closed(town):
    yuki = town.resident(yen=500)
    freeze(town, yuki)
    with pytest.raises(AccountFrozen):
        services.close_account(town.act(SYSTEM), resident_id=yuki.actor)
    assert amount_of(yuki.account) == 500


def test_the_holder_is_told_kindly_and_whom_to_ask(city, settings):
    settings.COIN = settings.COIN | {"desk_phone": "0120-000-000"}
    hanako, (officer, _administrator) = city.resident(yen=500), city.city_office()
    by = Act(Person(officer.resident_id, frozenset({"wallet.freeze_accounts"})), at=clock.now())
    row = services.freeze_account(by, account_id=hanako.account, scope="outgoing", reason="不審な動き")
    body = hanako.get("/api/v1/accounts/messages").json()["results"][0]["body"]
    assert "市役所のコインの窓口 0120-000-000に" in body
    assert "コインはなくなりません" in body
    assert "不審" not in body
    services.unfreeze_account(Act(COLLEAGUE, at=clock.now()), freeze_id=row.id, why="確認できた")
    assert [each["title"] for each in hanako.get("/api/v1/accounts/messages").json()["results"]] == [
        "コインをまた使えるようになりました",
        "コインの支払いを一時的に止めています",
    ]
    assert hanako.get("balance").json()["frozen"] == "no"


def test_rows_are_written_once_but_for_their_end_and_the_audit_finds_a_false_balance(town, committed_db):
    yuki = town.resident(yen=500)
    row = AccountFreeze.objects.get(pk=freeze(town, yuki).id)
    for change in ({"reason": "別の理由"}, {"scope": "all"}, {"frozen_by": new_id()}):
        with pytest.raises(DatabaseError):
            AccountFreeze.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError):  # four eyes stand in the table too
        AccountFreeze.objects.filter(pk=row.pk).update(ended_at=town.at, ended_by=row.frozen_by, end_reason="x")
    services.unfreeze_account(town.act(COLLEAGUE), freeze_id=row.pk, why="確認できた")
    with pytest.raises(DatabaseError):
        AccountFreeze.objects.filter(pk=row.pk).update(end_reason="別の理由")
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner, pytest.raises(psycopg.Error):
        owner.execute("DELETE FROM wallet_accountfreeze")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wallet_balance SET frozen = 1 WHERE account_id = %s", [yuki.account])
    assert list(broken()) == [
        "a balance says the strongest freeze that is open, and a freeze is of a resident's account"
    ]
