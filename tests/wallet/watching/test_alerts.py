"""From transfers to an alert, and from an alert to a decision: nothing happens by itself."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client

from accounts.models import User
from kernel import clock
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed
from kernel.use_case import Act
from tests.factories.people import show_second_factor
from tests.wallet.audit import assert_whole
from tests.wallet.sending.stories import send
from tests.wallet.test_admin import at_the_desk
from tests.wallet.town import Person
from wallet import services
from wallet.errors import AccountFrozen, AlertDecided, AnotherOfficerNeeded, ClosedByCity
from wallet.models import AccountFreeze, AlertClosing, Balance, Hold, WatchAlert, WatchDay

pytestmark = pytest.mark.postgres
RIGHTS = frozenset({"wallet.watch", "wallet.freeze_accounts", "wallet.pay_out", "wallet.keep_till"})
OFFICER = Person(new_id(), frozenset({"wallet.watch", "wallet.freeze_accounts"}))
SECOND, PAYER = Person(new_id(), RIGHTS), Person(new_id(), RIGHTS)


def ring(town):
    people = [town.resident(yen=4_000) for _ in range(3)]
    for place, person in enumerate(people):
        send(town, person, people[(place + 1) % 3], 2_000)
    return people


def test_a_ring_is_told_once_and_stops_nothing(town):
    ring(town)
    assert services.watch_transfers(town.act(SYSTEM)) == 1
    assert services.watch_transfers(town.act(SYSTEM)) == 0
    row = WatchAlert.objects.get()
    assert (row.kind, row.decision, len(row.transfers)) == ("ring", "", 3)
    assert AccountFreeze.objects.count() == 0
    with pytest.raises(NotAllowed):
        services.watch_transfers(town.act(OFFICER))


def test_an_officer_dismisses_or_freezes_once_with_a_reason(town):
    ring(town)
    services.watch_transfers(town.act(SYSTEM))
    row = WatchAlert.objects.get()
    with pytest.raises(NotAllowed):
        services.decide_alert(town.act(Person(new_id())), alert_id=row.pk, decision="all", reason="x")
    decided = services.decide_alert(town.act(OFFICER), alert_id=row.pk, decision="outgoing", reason="確認のため")
    freeze = AccountFreeze.objects.get()
    assert (freeze.account_id, freeze.about, freeze.frozen_by) == (row.account_id, row.pk, OFFICER.actor)
    assert Balance.objects.get(pk=row.account_id).frozen == 1
    assert (decided.decision, decided.reason) == ("outgoing", "確認のため")
    with pytest.raises(AlertDecided):
        services.decide_alert(town.act(OFFICER), alert_id=row.pk, decision="dismissed", reason="やはり")
    with pytest.raises(DatabaseError):
        WatchAlert.objects.update(reason="別の理由")


def test_the_desk_shows_words_picture_and_table_and_no_name(city):
    officer, _administrator = city.city_office()
    people = [city.resident(yen=4_000) for _ in range(3)]
    links = [each.post("receive_codes", {"label": "ひみつの名"}).json()["link"] for each in people]
    for place, each in enumerate(people):
        each.post("transfers", {"to": links[(place + 1) % 3], "amount": 1_500})
    services.watch_transfers(Act(SYSTEM, at=clock.now()))
    row = WatchAlert.objects.get()
    client = Client()
    client.force_login(User.objects.get(resident_id=officer.resident_id))
    show_second_factor(client)
    assert "何人かを回り" in client.get("/admin/watch/").content.decode()
    page = client.get(f"/admin/watch/{row.pk}").content.decode()
    assert "<svg" in page
    assert page.count("<polygon") == 3
    assert "ひみつの名" not in page
    assert client.post(f"/admin/watch/{row.pk}/decide", {"decision": "dismissed"}).status_code == 302
    assert not WatchAlert.objects.exclude(decision="").exists()
    client.post(f"/admin/watch/{row.pk}/decide", {"decision": "dismissed", "reason": "家族の精算"})
    assert WatchAlert.objects.get().decision == "dismissed"
    stranger = Client()
    stranger.force_login(User.objects.get(resident_id=people[0].resident_id))
    assert stranger.get("/admin/watch/").status_code == 403


def alerted(town):
    """Let a ring be found; return the account that it is about and its alert."""
    people = ring(town)
    services.watch_transfers(town.act(SYSTEM))
    row = WatchAlert.objects.get()
    return next(person for person in people if person.account == row.account_id), row


def test_one_proposes_to_close_and_another_decides_and_nothing_is_spent(town):
    person, row = alerted(town)
    shop = town.till()
    held = services.hold(
        town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(person), amount=1_000
    )
    said = {"alert_id": row.pk, "balance": "kept", "reason": "不正の疑い"}
    made = services.propose_closing(town.act(OFFICER), **said)
    assert Balance.objects.get(pk=person.account).frozen == 2
    with pytest.raises(ClosedByCity):
        services.propose_closing(town.act(SECOND), **said)
    with pytest.raises(AnotherOfficerNeeded):
        services.decide_closing(town.act(OFFICER), closing_id=made.id, accept=True, why="確認")
    with pytest.raises(NotAllowed):
        services.decide_closing(town.act(person), closing_id=made.id, accept=False, why="確認")
    services.decide_closing(town.act(SECOND), closing_id=made.id, accept=True, why="確認")
    balance = Balance.objects.get(pk=person.account)
    assert (balance.frozen, balance.held, balance.amount) == (2, 0, 4_000)
    assert Hold.objects.get(pk=held.id).status == "released"
    with pytest.raises(AccountFrozen):
        services.pay_at_once(town.act(person), code=shop.code, amount=1)
    freeze = AccountFreeze.objects.get(ended_at=None)
    for who in (OFFICER, SECOND):
        with pytest.raises(ClosedByCity):
            services.unfreeze_account(town.act(who), freeze_id=freeze.pk, why="やはり")
    with pytest.raises(ClosedByCity):
        services.decide_closing(town.act(SECOND), closing_id=made.id, accept=False, why="やはり")
    assert_whole()


def test_the_desk_takes_proposal_and_decision_and_the_holder_is_told(city):
    officer, _administrator = city.city_office()
    people = [city.resident(yen=4_000) for _ in range(3)]
    links = [each.post("receive_codes", {"label": "x"}).json()["link"] for each in people]
    for place, each in enumerate(people):
        each.post("transfers", {"to": links[(place + 1) % 3], "amount": 1_500})
    services.watch_transfers(Act(SYSTEM, at=clock.now()))
    row, desk = WatchAlert.objects.get(), at_the_desk(officer)
    page = f"/admin/watch/{row.pk}"
    desk.post(f"{page}/closing", {"balance": "payout", "reason": " "})
    assert AlertClosing.objects.count() == 0
    desk.post(f"{page}/closing", {"balance": "payout", "reason": "不正の疑い"})
    closing = AlertClosing.objects.get()
    desk.post(f"{page}/closing", {"closing": str(closing.pk), "deed": "accept", "reason": "確認"})
    assert AlertClosing.objects.get().is_accepted is None
    assert "決定はほかの職員が行います" in desk.get(page).content.decode()
    assert "口座を閉じる提案" in desk.get("/admin/watch/").content.decode()
    assert desk.post(f"{page}/closing", {"closing": "x", "reason": "確認"}).status_code == 404
    services.decide_closing(Act(SECOND, at=clock.now()), closing_id=closing.pk, accept=True, why="確認")
    assert "閉じました" in desk.get(page).content.decode()
    told = [[row["title"] for row in each.get("/api/v1/accounts/messages").json()["results"]] for each in people]
    assert sum("コインの口座を閉じることになりました" in titles for titles in told) == 1


def test_what_is_not_closed_goes_on(town):
    person, row = alerted(town)
    made = services.propose_closing(town.act(OFFICER), alert_id=row.pk, balance="payout", reason="疑い")
    services.decide_closing(town.act(SECOND), closing_id=made.id, accept=False, why="家族の精算")
    assert Balance.objects.get(pk=person.account).frozen == 0
    assert (
        services.propose_closing(town.act(SECOND), alert_id=row.pk, balance="kept", reason="新しい事実").id != made.id
    )


@pytest.mark.parametrize("balance", ["payout", "kept"])
def test_the_coins_of_a_closed_account_are_paid_out_only_where_that_was_decided(town, balance):
    person, row = alerted(town)
    made = services.propose_closing(town.act(OFFICER), alert_id=row.pk, balance=balance, reason="疑い")
    services.decide_closing(town.act(SECOND), closing_id=made.id, accept=True, why="確認")
    said = {"case": "cannot_use", "reason": "口座を閉じたため", "evidence": "決裁 第3号"}
    opened = services.open_payout(town.act(PAYER), about=str(person.account), **said)
    if balance == "kept":
        with pytest.raises(AccountFrozen):
            services.approve_payout(town.act(SECOND), payout_id=opened.id)
        return
    services.approve_payout(town.act(SECOND), payout_id=opened.id)
    services.pay_out_in_cash(town.act(SECOND), payout_id=opened.id)
    assert Balance.objects.get(pk=person.account).amount == 0
    assert_whole()


def test_the_night_finds_what_was_missed_once(town):
    ring(town)
    at = town.at + timedelta(days=20)  # longer than the runs of the day look back
    assert services.watch_transfers(Act(SYSTEM, at=at)) == 0
    assert services.watch_missed_days(at=at) == 20
    assert [(row.kind, row.found_at) for row in WatchAlert.objects.all()] == [("ring", at)]
    assert services.watch_missed_days(at=at) == 0
    assert services.watch_missed_days(at=at + timedelta(days=1)) == 1
    assert WatchAlert.objects.count() == 1
    assert WatchDay.objects.count() == 21
