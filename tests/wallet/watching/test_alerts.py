"""From transfers to an alert, and from an alert to a decision: nothing happens by itself."""

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
from tests.wallet.sending.stories import send
from tests.wallet.town import Person
from wallet import services
from wallet.errors import AlertDecided
from wallet.models import AccountFreeze, Balance, WatchAlert

pytestmark = pytest.mark.postgres
OFFICER = Person(new_id(), frozenset({"wallet.watch", "wallet.freeze_accounts"}))


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
