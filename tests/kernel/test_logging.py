"""Log lines are JSON, carry the request's id, and withhold what is personal."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from django.conf import settings

from kernel.logging import withhold_personal
from kernel.request_context import bind_request, clear_request, request_id


def test_members_that_are_personal_by_name_are_withheld():
    line = withhold_personal(None, "info", {"event": "sent", "email": "taro@example.jp", "amount": 500})
    assert line == {"event": "sent", "email": "withheld", "amount": 500}


def test_personal_members_are_withheld_however_deep():
    line = withhold_personal(
        None, "info", {"event": "sent", "person": {"phone": "+8190", "age": 7}, "rows": [{"code": "123456"}]}
    )
    assert line == {"event": "sent", "person": {"phone": "withheld", "age": 7}, "rows": [{"code": "withheld"}]}


@pytest.fixture
def lines() -> Iterator[StringIO]:
    config = settings.LOGGING["formatters"]["json"]
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=config["processors"], foreign_pre_chain=config["foreign_pre_chain"]
        )
    )
    logging.getLogger("machi.test").addHandler(handler)
    yield written
    logging.getLogger("machi.test").removeHandler(handler)


def test_a_line_is_json_with_the_request_id(lines):
    bind_request("request-4711")
    structlog.get_logger("machi.test").warning("paid", amount=500, display_name="太郎")
    logging.getLogger("machi.test").warning("plain %s", "words")
    clear_request()
    structlog.get_logger("machi.test").warning("afterwards")
    paid, plain, afterwards = map(json.loads, lines.getvalue().splitlines())
    assert (
        paid.items()
        >= {"event": "paid", "amount": 500, "display_name": "withheld", "request_id": "request-4711"}.items()
    )
    assert paid["level"] == "warning"
    assert paid["timestamp"].endswith("Z")
    assert plain.items() >= {"event": "plain words", "request_id": "request-4711"}.items()
    assert "request_id" not in afterwards


def test_outside_a_request_there_is_no_id():
    clear_request()
    assert request_id() is None
