"""Asking for coins: who pays, who declines, how often one may remind, and that nobody pays twice."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from kernel.problems import NotFound, StepUpRequired
from tests.wallet.audit import assert_whole
from tests.wallet.sending.stories import code_of
from tests.wallet.town import Person, amount_of
from wallet import services
from wallet.engine.sharing import shares
from wallet.errors import (
    RecipientUnknown,
    RemindedEnough,
    RequestAnswered,
    RequestChanged,
    RequestOver,
    RequestTooSmall,
    SendingOneself,
)
from wallet.models import RequestPart, Transfer
from wallet.selectors.money_requests import access_request_for, read_request, requests_of

pytestmark = pytest.mark.postgres


def ask(town, who, amount, **more):
    return services.request_money(town.act(who), amount=amount, **more)


def pay(town, who, request, amount, key=None):
    return services.pay_request(town.act(who, key=key), token=request.link, amount=amount)


def test_twenty_requests_cost_as_many_queries_as_one(town):
    yuki, ken = town.resident(yen=1_000), town.resident(yen=1_000)
    counts = []
    for more in (1, 19):
        for _ in range(more):
            ask(town, ken, 100, to=[code_of(town, yuki)])
            ask(town, yuki, 100, to=[code_of(town, ken)])
        with CaptureQueriesContext(connection) as asked:
            found = requests_of(yuki, at=town.at)
        counts.append(len(asked))
    assert (len(found.asked_by_me), len(found.asked_of_me)) == (20, 20)
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("amount", "people", "expected"),
    [(1000, 3, [334, 333, 333]), (1, 1, [1]), (333, 2, [167, 166]), (20, 20, [1] * 20), (19, 20, None)],
)
def test_a_split_in_whole_yen_adds_up(amount, people, expected):
    assert shares(amount, people) == expected


def test_a_link_is_paid_once_whoever_opens_it_next(town):
    aoi, yuki, mio = town.resident(), town.resident(yen=1_000), town.resident(yen=1_000)
    request = ask(town, aoi, 400, message="チケット代", signed="あおい")
    seen = read_request(yuki, request.link, at=town.at)
    assert (seen.name, seen.amount, seen.message, seen.state) == ("あおい", 400, "チケット代", "open")
    sent = pay(town, yuki, request, 400, key="from-the-phone")
    assert pay(town, yuki, request, 400, key="from-the-phone").id == sent.id
    with pytest.raises(RequestAnswered):
        pay(town, yuki, request, 400)
    with pytest.raises(RequestOver):
        pay(town, mio, request, 400)
    assert (amount_of(aoi.account), amount_of(yuki.account), Transfer.objects.count()) == (400, 600, 1)
    assert access_request_for(aoi, request.id, at=town.at).state == "paid"
    assert_whole()


def test_several_share_a_link_each_pays_one_part(town):
    aoi, people = town.resident(), [town.resident(yen=1_000) for _ in range(3)]
    request = ask(town, aoi, 1_000, people=3)
    for person, amount in zip(people, (334, 333, 333), strict=True):
        assert read_request(person, request.link, at=town.at).amount == amount
        pay(town, person, request, amount)
    assert amount_of(aoi.account) == 1_000
    assert {share.state for share in access_request_for(aoi, request.id, at=town.at).shares} == {"paid"}


def test_who_is_named_is_told_and_nobody_else_pays_for_them(town):
    aoi, yuki, mio = town.resident(), town.resident(yen=1_000), town.resident(yen=1_000)
    request = ask(town, aoi, 300, to=[code_of(town, yuki)])
    assert [each.id for each in requests_of(yuki, at=town.at).asked_of_me] == [request.id]
    assert requests_of(mio, at=town.at).asked_of_me == []
    with pytest.raises(RequestOver):
        pay(town, mio, request, 300)
    pay(town, yuki, request, 300)
    assert requests_of(yuki, at=town.at).asked_of_me[0].state == "paid"


def test_a_no_is_an_answer_and_the_rest_may_still_pay(town):
    aoi, yuki, mio = town.resident(), town.resident(yen=1_000), town.resident(yen=1_000)
    request = ask(town, aoi, 200, people=2)
    assert services.decline_request(town.act(yuki), token=request.link).state == "declined"
    with pytest.raises(RequestAnswered):
        pay(town, yuki, request, 100)
    pay(town, mio, request, 100)
    assert access_request_for(aoi, request.id, at=town.at).state == "declined"
    assert (amount_of(aoi.account), amount_of(yuki.account)) == (100, 1_000)


def test_it_ends_when_it_is_called_off_and_after_seven_days(town):
    aoi, yuki = town.resident(), town.resident(yen=1_000)
    first, second = ask(town, aoi, 100), ask(town, aoi, 100)
    services.cancel_request(town.act(aoi), request_id=first.id)
    with pytest.raises(RequestOver):
        pay(town, yuki, first, 100)
    town.at += timedelta(days=7)
    with pytest.raises(RequestOver):
        pay(town, yuki, second, 100)
    states = sorted(each.state for each in requests_of(aoi, at=town.at).asked_by_me)
    assert states == ["cancelled", "expired"]


def test_reminders_are_few_and_reach_only_those_who_have_not_answered(town):
    aoi, yuki = town.resident(), town.resident(yen=1_000)
    request = ask(town, aoi, 100, to=[code_of(town, yuki)])
    for _ in range(3):
        with pytest.raises(RemindedEnough):
            services.remind_request(town.act(aoi), request_id=request.id)
        town.at += timedelta(hours=24)
        services.remind_request(town.act(aoi), request_id=request.id)
    town.at += timedelta(hours=24)
    with pytest.raises(RemindedEnough):
        services.remind_request(town.act(aoi), request_id=request.id)
    link_only = ask(town, aoi, 100)
    town.at += timedelta(hours=24)
    with pytest.raises(RemindedEnough):
        services.remind_request(town.act(aoi), request_id=link_only.id)


def test_what_is_refused(town):
    aoi, yuki = town.resident(yen=10), town.resident(yen=1_000)
    request = ask(town, aoi, 100)
    with pytest.raises(RequestChanged) as refusal:
        pay(town, yuki, request, 99)
    assert refusal.value.members == {"amount": 100}
    with pytest.raises(SendingOneself):
        pay(town, aoi, request, 100)
    with pytest.raises(SendingOneself):
        ask(town, aoi, 100, to=[code_of(town, aoi)])
    with pytest.raises(RequestTooSmall):
        ask(town, aoi, 1, people=2)
    with pytest.raises(RecipientUnknown):
        ask(town, aoi, 100, to=["no-such-code"])
    with pytest.raises(NotFound):
        services.pay_request(town.act(yuki), token="no-such-token", amount=1)
    with pytest.raises(NotFound):
        services.cancel_request(town.act(yuki), request_id=request.id)
    with pytest.raises(StepUpRequired):
        ask(town, Person(yuki.actor, account=yuki.account, account_level=0), 100)
    assert Transfer.objects.count() == 0


def test_a_part_keeps_its_answer(town):
    aoi, yuki = town.resident(), town.resident(yen=1_000)
    request = ask(town, aoi, 100)
    pay(town, yuki, request, 100)
    for change in ({"answered_by": None, "transfer": None}, {"amount": 5}):
        with pytest.raises(DatabaseError):
            RequestPart.objects.update(**change)


def test_over_http_both_are_told_and_a_stranger_sees_nothing(city):
    hanako, taro, jiro = city.resident(yen=3_000), city.resident(), city.resident(yen=1)
    link = taro.post("receive_codes", {"label": "たろう"}).json()["link"]
    seen = hanako.post("receive_codes/read", {"to": link}).json()
    assert (seen["name"], seen["sendable"], seen["limits"]["per_send"]) == ("たろう", 3_000, 30_000)
    said = {"to": link, "amount": 1_200, "message": "お祝い", "signed": "はなこ"}
    sent = hanako.post("transfers", said)
    assert sent.status_code == 201, sent.content
    assert (taro.balance(), hanako.balance()) == (1_200, 1_800)
    (told,) = taro.get("/api/v1/accounts/messages").json()["results"]
    assert told["title"] == "1,200円が届きました"
    assert "「はなこ」から" in told["body"]
    assert told["body"].endswith("ひとこと：お祝い")
    path = told["link"].replace("/pay/sent/", "transfers/")
    assert taro.get(path).json()["message"] == "お祝い"
    assert jiro.get(path).status_code == 404
    (line,) = taro.get("history").json()["results"]
    assert (line["kind"], line["direction"], line["other_name"]) == ("send", "in", "はなこ")
    asked = taro.post("requests", {"amount": 500, "message": "おべんとう"}).json()
    assert hanako.post("requests/read", {"token": asked["link"]}).json()["amount"] == 500
    assert hanako.post("requests/pay", {"token": asked["link"], "amount": 500}).status_code == 201
    assert taro.get(f"requests/{asked['id']}").json()["state"] == "paid"
    assert jiro.get(f"requests/{asked['id']}").status_code == 404
    assert jiro.post(f"requests/{asked['id']}/cancel").status_code == 404
    for body in ({"to": link, "amount": 1, "message": "あ" * 41}, {"to": link, "amount": 1.5}, {"to": "", "amount": 1}):
        assert hanako.post("transfers", body).status_code in (400, 422)
