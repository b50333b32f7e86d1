"""The door at which tickets are drawn: who may hear what is decided there, and again later."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.test import APIRequestFactory, force_authenticate

from kernel.realtime.tickets import redeem
from kernel.realtime.views import Tickets
from kernel.web.language import language_of


class User:
    is_authenticated = True

    def __init__(self, principal) -> None:
        self.principal = principal


def asked(body, user):
    request = APIRequestFactory().post("/api/v1/realtime/tickets", body, format="json")
    force_authenticate(request, user=user)
    response = Tickets.as_view()(request)
    response.render() if hasattr(response, "render") else None
    return response


def document(response):
    return json.loads(response.content)


def test_a_ticket_comes_with_its_address_and_its_end(taro):
    response = asked({"feeds": ["toy.board", "toy.touched"]}, User(taro))
    drawn = document(response)
    assert response.status_code == 201
    assert drawn["url"] == f"/ws/feeds?ticket={drawn['ticket']}"
    left = datetime.fromisoformat(drawn["expires_at"]) - datetime.now(UTC)  # noqa: TID251 - the door asks the clock
    assert timedelta(seconds=25) < left <= timedelta(seconds=30)
    kept = redeem(drawn["ticket"])
    assert kept.handle == "taro"
    assert [(each.asked, each.topic) for each in kept.subscriptions] == [
        ("toy.board", "board:"),
        ("toy.touched", "board:"),
    ]


@pytest.mark.parametrize(
    ("feeds", "status", "code"),
    [
        (["toy.nothing"], 404, "feed_unknown"),
        ([""], 404, "feed_unknown"),
        (["toy.board:secret"], 403, "not_allowed"),
        (["toy.board", "toy.board:secret"], 403, "not_allowed"),
        ([], 422, "invalid_body"),
        (["toy.board"] * 21, 422, "invalid_body"),
        (["x" * 121], 422, "invalid_body"),
        ([1], 422, "invalid_body"),
        (None, 422, "invalid_body"),
    ],
)
def test_what_may_not_be_heard_gets_no_ticket(taro, valkey, feeds, status, code):
    response = asked({"feeds": feeds}, User(taro))
    assert (response.status_code, document(response)["code"]) == (status, code)
    assert valkey.keys("machi:ticket:*") == []


def test_nobody_signed_in_gets_no_ticket(taro):
    assert asked({"feeds": ["toy.board"]}, AnonymousUser()).status_code == 401


def test_without_redis_the_answer_says_when_to_ask_again(taro, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = asked({"feeds": ["toy.board"]}, User(taro))
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert document(response)["code"] == "live_updates_away"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "ja"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("fr, ko;q=0.5", "ko"),
        ("fr", "ja"),
        ("*", "ja"),
        ("zh-CN", "zh-hans"),
        (";;;", "ja"),
    ],
)
def test_the_handshakes_language_is_one_of_ours(header, language):
    assert language_of(header) == language
