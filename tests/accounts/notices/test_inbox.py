"""Messages reach an inbox with the act that causes them, and are read in the reader's language."""

import threading

import pytest
from django.db import connection

from accounts.engine.wording import ValueRefused
from accounts.models import Dispatch, InboxMessage, Resident
from accounts.notifications import dated, notify
from accounts.services.notices.writing import MessageUnknown, ValuesMismatch
from kernel import contributions
from kernel.access import OutsideAccess
from kernel.problems import NotAllowed
from kernel.use_case import use_case
from tests.accounts.notices.conftest import NOON

API = "/api/v1/accounts/messages"


def inbox(who, language="ja"):
    return who.client(HTTP_ACCEPT_LANGUAGE=language).get(API).json()["results"]


@use_case("toy.act")
def deed(act, *, to, is_refused=False) -> None:
    """Do something that tells somebody, and is perhaps refused after that."""
    notify(act, to=to, message="toy.bus_late", values={"minutes": 1_500, "day": NOON.date()}, dedupe="deed")
    if is_refused:
        raise NotAllowed


def test_a_day_that_is_read_years_later_has_its_year_in_every_language():
    assert dated(NOON.date()) == {
        "ja": "2026年11月21日(土)", "ja-easy": "2026年11月21日(土)", "en": "21 Nov 2026 (Sat)",
        "zh-hans": "2026年11月21日(六)", "ko": "2026년 11월 21일(토)",
    }  # fmt: skip


def test_a_message_is_read_in_the_language_of_the_moment(told):
    hanako = told.person()
    told.notify(hanako, minutes=1_500, day=NOON.date())
    (japanese,), (english,) = inbox(hanako), inbox(hanako, "en")
    assert (japanese["title"], japanese["body"], japanese["link"]) == (
        "バスが遅れています",
        "11月21日(土) 1,500",
        "/go",
    )
    assert english["body"] == "21 Nov (Sat) 1,500"
    assert (japanese["is_read"], japanese["version"], japanese["category"]) == (False, 1, "toy")


def test_it_stands_if_and_only_if_the_act_does(told):
    hanako = told.person()
    with pytest.raises(NotAllowed):
        deed(told.act(), to=hanako.resident_id, is_refused=True)
    assert (inbox(hanako), Dispatch.objects.count()) == ([], 0)
    deed(told.act(), to=hanako.resident_id)
    assert (len(inbox(hanako)), Dispatch.objects.count()) == (1, 1)


def test_one_occasion_is_told_once(told):
    hanako, taro = told.person(), told.person("taro")
    for _ in range(3):
        told.notify(hanako, dedupe="the same")
    told.notify(taro, dedupe="the same")
    told.notify(hanako, "toy.key_lost", dedupe="the same", words="x")
    assert (len(inbox(hanako)), len(inbox(taro)), Dispatch.objects.count()) == (2, 1, 3)


@pytest.mark.postgres
def test_one_occasion_is_told_once_also_by_twenty_at_once(told):
    hanako = told.person()

    def tell():
        told.notify(hanako, dedupe="the same")
        connection.close()

    threads = [threading.Thread(target=tell) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(inbox(hanako)), Dispatch.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("message", "values", "fault"),
    [
        ("toy.unheard", {}, MessageUnknown),
        ("toy.bus_late", {"minutes": 1}, ValuesMismatch),
        ("toy.bus_late", {"minutes": 1, "day": NOON.date(), "more": 2}, ValuesMismatch),
        ("toy.key_lost", {"words": 1.5}, ValueRefused),
        ("toy.key_lost", {"words": True}, ValueRefused),
        ("toy.key_lost", {"words": NOON.replace(tzinfo=None)}, ValueRefused),
        ("toy.key_lost", {"words": "x" * 301}, ValueRefused),
    ],
)
def test_what_cannot_be_told_is_refused_when_it_is_written(told, message, values, fault):
    hanako = told.person()
    with pytest.raises(fault):
        notify(told.act(), to=hanako.resident_id, message=message, values=values, dedupe="1")
    assert inbox(hanako) == []


def test_what_a_value_says_is_never_a_blank_itself(told):
    hanako = told.person()
    told.notify(hanako, "toy.key_lost", words="100%(words)s %d %")
    assert inbox(hanako)[0]["body"] == "100%(words)s %d %"


def test_values_are_sealed_and_nobody_else_sees_the_row(told):
    hanako, taro = told.person(), told.person("taro")
    told.notify(hanako, "toy.key_lost", words="合言葉")
    with pytest.raises(OutsideAccess):
        list(InboxMessage.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_inboxmessage")
        assert cursor.fetchone() == (0,)
    message = inbox(hanako)[0]["id"]
    for method, path in (("get", f"{API}/{message}"), ("post", f"{API}/{message}/read")):
        answer = getattr(taro.client(), method)(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert inbox(hanako)[0]["is_read"] is False


def test_reading_is_counted_once_and_for_all(told):
    hanako = told.person()
    for _ in range(3):
        told.notify(hanako)
    phone = hanako.client()
    first = inbox(hanako)[0]["id"]
    assert phone.get(f"{API}/unread").json()["unread"] == 3
    for _ in range(2):
        read = phone.post(f"{API}/{first}/read").json()
        assert (read["is_read"], read["version"]) == (True, 2)
    assert phone.get(f"{API}/unread").json()["unread"] == 2
    assert phone.post(f"{API}/read_all").json()["unread"] == 0
    assert [message["is_read"] for message in inbox(hanako)] == [True] * 3


def test_a_closed_account_is_told_nothing(told):
    hanako = told.person()
    Resident.objects.filter(pk=hanako.resident_id).update(closed_at=NOON)
    told.notify(hanako)
    assert Dispatch.objects.count() == 0


def test_a_template_that_is_gone_leaves_a_row_that_can_be_read(told, monkeypatch):
    hanako = told.person()
    told.notify(hanako)
    without = contributions._registry | {"toy": contributions.Contributions()}
    monkeypatch.setattr("kernel.contributions._registry", without)
    assert inbox(hanako)[0]["title"] == "お知らせ"


def test_pages_follow_one_another(told):
    hanako = told.person()
    for _ in range(5):
        told.notify(hanako)
    phone = hanako.client()
    first = phone.get(f"{API}?limit=2").json()
    second = phone.get(f"{API}?limit=2&cursor={first['next']}").json()
    third = phone.get(f"{API}?limit=2&cursor={second['next']}").json()
    ids = [message["id"] for page in (first, second, third) for message in page["results"]]
    assert (len(set(ids)), third["next"]) == (5, None)
