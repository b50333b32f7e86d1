"""Messages leave by the channels their reader chose: once, unless life is in danger; with Celery and Redis away."""

import email
import threading
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from accounts.gateways import store
from accounts.gateways.demo_post import letters
from accounts.gateways.sessions import bury
from accounts.loops.notices import carry_life
from accounts.models import Delivery, PushSubscription
from accounts.models.third_parties import RowKey
from accounts.services.notices import claiming, sending
from accounts.services.notices.routing import route_some
from accounts.services.notices.sending import send_some
from kernel import clock
from kernel.access import access
from tests.accounts.mail_server import mail_server
from tests.accounts.notices.conftest import NOON

API = "/api/v1/accounts/"
JSON = "application/json"


def subscribe(who, subscription, phone=None):
    phone = phone or who.client()
    answer = phone.post(f"{API}push_subscriptions", subscription, JSON)
    assert answer.status_code == 201, answer.content
    return phone


def choose(who, quiet=None, **choices):
    body = {"choices": choices, "quiet_from": quiet and quiet[0], "quiet_to": quiet and quiet[1]}
    answer = who.client().put(f"{API}message_settings", body, JSON)
    assert answer.status_code == 200, answer.content
    return answer.json()


def states(channel=None):
    rows = Delivery.objects.all() if channel is None else Delivery.objects.filter(channel=channel)
    return sorted(rows.values_list("state", flat=True))


def browsers_of(who):
    with access(purpose="x", actor=who.resident_id, subject=who.resident_id, classes=["messages"]):
        return PushSubscription.objects.filter(resident_id=who.resident_id).count()


def test_a_push_reaches_the_browser_alone_and_signed(told, service):
    hanako = told.person()
    phone = subscribe(hanako, service.browser())
    service.application_key = phone.get(f"{API}push_key").json()["key"]
    told.notify(hanako)
    told.carry()
    told.carry()
    ((_name, topic, payload, headers),) = service.took
    message = phone.get(f"{API}messages").json()["results"][0]
    assert (payload["title"], payload["body"], payload["lang"]) == ("バスが遅れています", "11月21日(土) 12", "ja")
    assert (payload["link"], payload["tag"]) == (f"/messages/{message['id']}", topic)
    assert (headers["Urgency"], headers["TTL"], service.refused) == ("normal", "86400", [])
    assert states("push") == ["sent"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(told, service, status):
    hanako = told.person()
    subscribe(hanako, service.browser("old"))
    subscribe(hanako, service.browser("new"))
    service.answer("old", status)
    told.notify(hanako)
    told.carry()
    assert (browsers_of(hanako), states("push"), len(service.shown("new"))) == (1, ["failed", "sent"], 1)


def test_a_service_that_is_busy_is_asked_again_when_it_said(told, service):
    hanako = told.person()
    subscribe(hanako, service.browser())
    service.answer("phone", 429, 503)
    told.notify(hanako)
    told.carry()
    assert (service.took, states("push")) == ([], ["queued"])
    told.carry(after=timedelta(seconds=119))
    assert service.answers["phone"] == [503]
    told.carry(after=timedelta(seconds=1))
    assert service.answers["phone"] == []
    told.carry(after=timedelta(seconds=30))
    assert (len(service.took), states("push")) == (1, ["sent"])


def test_it_is_not_asked_for_ever(told, service):
    hanako = told.person()
    subscribe(hanako, service.browser())
    service.answer("phone", *[503] * 99)
    told.notify(hanako)
    for _ in range(20):
        told.carry(after=timedelta(hours=1))
    assert (states("push"), 99 - len(service.answers["phone"])) == (["failed"], 5)


def test_a_lost_answer_is_not_sent_again_but_for_danger_to_life(told, service):
    hanako = told.person()
    subscribe(hanako, service.browser())
    service.answer("phone", "hang up")
    told.notify(hanako)
    told.carry(after=timedelta(hours=1))
    told.carry(after=timedelta(hours=1))
    assert (len(service.took), states("push")) == (1, ["unknown"])
    service.answer("phone", "hang up", "hang up")
    told.notify(hanako, "toy.flood", words="高い所へ")
    for _ in range(3):
        told.carry("life", after=timedelta(hours=1))
    assert (len(service.took), len(service.shown()), states("push")) == (4, 2, ["sent", "unknown"])
    assert {headers["Urgency"] for _name, _topic, payload, headers in service.took if payload["life"]} == {"high"}


def test_who_dies_after_the_claim_has_sent_nothing_twice(told, service, monkeypatch):
    hanako = told.person()
    subscribe(hanako, service.browser())
    told.notify(hanako)
    told.notify(hanako, "toy.flood", words="高い所へ")
    for priority in ("normal", "life"):
        route_some(priority=priority, at=told.at)

    class Killed(BaseException):
        """The process ends here."""

    def die(*_arguments, **_named):
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(sending, "_prepared", die)
        for priority in ("normal", "life"):
            with pytest.raises(Killed):
                send_some(priority=priority, at=told.at)
    assert states("push") == ["claimed", "claimed"]
    assert (told.carry(), told.carry("life")) == (0, 0)
    after_lease = claiming.LEASE + timedelta(seconds=1)
    assert (told.carry(after=after_lease), told.carry("life")) == (0, 2)
    assert ([payload["life"] for payload in service.shown()], states("push")) == ([True], ["sent", "unknown"])


def test_a_claim_taken_back_is_not_settled_by_who_lost_it(told, service):
    hanako = told.person()
    subscribe(hanako, service.browser())
    choose(hanako, toy=["push"])
    told.notify(hanako)
    route_some(priority="normal", at=told.at)
    (slow,) = claiming.claim(priority="normal", at=told.at, most=9)
    claiming.take_back(at=told.at + claiming.LEASE + timedelta(seconds=1))
    claiming.drop(slow, "late", at=told.at)
    assert states() == ["unknown"]


@pytest.mark.postgres
def test_eight_loops_at_once_send_each_once(told, service):
    people = [told.person(f"person{number}") for number in range(6)]
    for number, who in enumerate(people):
        subscribe(who, service.browser(f"phone{number}"))
        choose(who, toy=["push"])
        for _ in range(5):
            told.notify(who)

    def loop():
        for _ in range(12):
            route_some(priority="normal", at=told.at, most=3)
            send_some(priority="normal", at=told.at, most=3)
        connection.close()

    loops = [threading.Thread(target=loop) for _ in range(8)]
    for each in loops:
        each.start()
    for each in loops:
        each.join()
    topics = [topic for _browser, topic, _payload, _headers in service.took]
    assert (len(topics), len(set(topics)), states()) == (30, 30, ["sent"] * 30)


def test_quiet_hours_wait_until_they_end_and_life_passes_them(told, service):
    hanako = told.person()
    subscribe(hanako, service.browser())
    choose(hanako, quiet=("11:30", "07:00"))
    told.notify(hanako)
    told.notify(hanako, "toy.flood", words="高い所へ")
    told.carry()
    told.carry("life")
    assert [payload["life"] for payload in service.shown()] == [True]
    told.carry(after=timedelta(hours=18, minutes=59))
    assert len(service.took) == 1
    told.carry(after=timedelta(minutes=1))
    assert len(service.took) == 2


def test_quiet_hours_chosen_while_it_waits_hold_too(told, service):
    hanako = told.person()
    subscribe(hanako, service.browser())
    told.notify(hanako)
    route_some(priority="normal", at=told.at)
    choose(hanako, quiet=("11:30", "13:00"))
    assert told.carry() == 2
    assert (service.took, states("push")) == ([], ["queued"])
    told.carry(after=timedelta(hours=1))
    assert len(service.took) == 1


def test_what_was_read_meanwhile_is_not_sent(told, service):
    hanako = told.person()
    phone = subscribe(hanako, service.browser())
    told.notify(hanako)
    route_some(priority="normal", at=told.at)
    phone.post(f"{API}messages/read_all")
    told.at = clock.now()
    told.carry()
    assert (service.took, states("push")) == ([], ["dropped"])


def test_a_phone_that_is_signed_out_elsewhere_takes_no_more_pushes(told, service):
    hanako = told.person()
    subscribe(hanako, service.browser())
    rows = [RowKey(row) for row in Session.objects.values_list("session_key", flat=True)]
    Session.objects.all().delete()
    bury(rows)
    told.notify(hanako, "toy.flood", words="高い所へ")
    told.carry("life")
    assert (service.took, states("push"), browsers_of(hanako)) == ([], ["dropped"], 0)


def test_a_browser_is_one_persons(told, service):
    hanako, taro = told.person(), told.person("taro")
    family_tablet = service.browser()
    subscribe(hanako, family_tablet)
    subscribe(taro, family_tablet)
    told.notify(hanako)
    told.notify(taro, minutes=3, day=NOON.date())
    told.carry()
    assert [payload["body"][-2:] for payload in service.shown()] == [" 3"]
    assert (browsers_of(hanako), browsers_of(taro)) == (0, 1)


def test_a_letter_says_how_to_leave_and_is_left_by_one_click(told, settings):
    hanako = told.person()
    with mail_server() as (port, taken):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAIL_SERVER = f"smtp+plain://127.0.0.1:{port}"
        settings.EMAIL_PORT, settings.EMAIL_HOST, settings.EMAIL_USE_TLS = port, "127.0.0.1", False
        told.notify(hanako)
        told.notify(hanako, "toy.key_lost", words="x")
        told.carry()
        letters_out = [email.message_from_bytes(each) for each in taken]
        (first,) = (letter for letter in letters_out if letter["List-Unsubscribe"])
        assert (first["List-Unsubscribe-Post"], len(letters_out)) == ("List-Unsubscribe=One-Click", 2)
        assert first["X-Machi-Message"] in first["Message-ID"]
        path = "".join(first["List-Unsubscribe"].split()).strip("<>").removeprefix(settings.PUBLIC_URL)
        assert Client().get(path).status_code == 200
        assert Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert Client().post(f"{path}x").status_code == 404
        told.notify(hanako)
        told.carry()
        assert len(taken) == 2
        told.notify(hanako, "toy.flood", words="高い所へ")
        told.carry("life")
        assert len(taken) == 3


def test_a_mail_server_that_is_away_is_tried_again(told, settings):
    hanako = told.person()
    with mail_server() as (port, taken):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAIL_SERVER = f"smtp+plain://127.0.0.1:{port}"
        settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
        settings.EMAIL_PORT = 1
        told.notify(hanako)
        told.carry()
        assert states() == ["queued"]
        settings.EMAIL_PORT = port
        told.carry(after=timedelta(minutes=1))
        assert (len(taken), states()) == (1, ["sent"])


def test_each_channel_of_the_demo_city_has_its_twin(told, settings):
    hanako = told.person(phone="+819012345678")
    assert hanako.client().post(f"{API}message_settings/line").status_code == 200
    choose(hanako, toy=["line", "sms"])
    told.notify(hanako)
    told.carry()
    kept = letters(at=clock.now())
    assert sorted(letter.channel for letter in kept) == ["line", "sms"]
    assert all("バスが遅れています" in letter.text for letter in kept)


def test_a_flood_of_messages_waits(told, service):
    hanako = told.person()
    subscribe(hanako, service.browser())
    choose(hanako, toy=["push"])
    for _ in range(40):
        told.notify(hanako)
    told.carry()
    assert len(service.took) == 30
    told.carry(after=timedelta(hours=1, seconds=1))
    assert len(service.took) == 40


def test_danger_to_life_is_told_with_redis_and_celery_away(told, service, settings):
    hanako = told.person()
    subscribe(hanako, service.browser())
    nowhere = "unix:///nowhere/valkey.sock"
    settings.REDIS_URL = settings.CELERY_BROKER_URL = nowhere
    store.store.cache_clear()
    told.at = clock.now()
    told.notify(hanako, "toy.flood", words="高い所へ")
    carry_life()
    store.store.cache_clear()
    assert [payload["title"] for payload in service.shown()] == ["川"]
    assert states("push") == ["sent"]
    assert states("email") == ["queued"]  # the demo city's letter box is in Redis


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.com/x", "https://127.0.0.1/x", "https://[::1]/x", "https://2130706433/x", "https://0x7f.1/x",
        "https://localhost/x", "https://push.example.com:8443/x", "https://user@push.example.com/x", "ftp://example.com",
        "https://push.example.com/x y", "https://push.example.com\\@127.0.0.1/", "x", "", "https://", "https://例え.jp/",
        "https://169.254.169.254/latest/meta-data", "https://push.example.com:x/",
    ],
)  # fmt: skip
def test_the_city_calls_no_place_of_a_strangers_choice(told, service, endpoint, settings):
    settings.PUSH_TO_LOOPBACK = False
    subscription = service.browser() | {"endpoint": endpoint}
    answer = told.person().client().post(f"{API}push_subscriptions", subscription, JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "push_subscription_refused")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.7",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "100.64.0.1",
        "224.0.0.1",
    ],
)
def test_a_name_that_stands_for_a_private_address_is_not_called(told, service, settings, monkeypatch, address):
    settings.PUSH_TO_LOOPBACK = False
    hanako = told.person()
    subscribe(hanako, service.browser() | {"endpoint": "https://push.example.com/x"})
    monkeypatch.setattr("accounts.gateways.push.socket.getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", (address, 443))])
    told.notify(hanako)
    told.carry()
    (delivery,) = Delivery.objects.filter(channel="push")
    assert (delivery.state, delivery.reason) == ("failed", "endpoint_private")


def test_a_redirect_is_not_followed(told, service):
    hanako = told.person()
    subscribe(hanako, service.browser())
    service.answer("phone", 307)
    told.notify(hanako)
    told.carry()
    assert (service.took, states("push")) == ([], ["failed"])


@pytest.mark.parametrize(
    "keys",
    [{"p256dh": "AA", "auth": "AA"}, {"p256dh": "!", "auth": "AA"}, {"p256dh": "B" + "A" * 86, "auth": "A" * 22}],
)
def test_keys_that_are_none_are_refused(told, service, keys):
    answer = told.person().client().post(f"{API}push_subscriptions", service.browser() | {"keys": keys}, JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "push_subscription_refused")


def test_a_long_message_is_cut_to_what_a_push_carries(told, service, monkeypatch):
    hanako = told.person()
    subscribe(hanako, service.browser())
    monkeypatch.setattr("accounts.engine.wording.MOST_SIGNS", 9_000)
    told.notify(hanako, "toy.key_lost", words="高" * 4_000)
    told.carry()
    (payload,) = service.shown()
    assert payload["body"].endswith("…")
    assert 1_000 < len(payload["body"]) < 1_400
