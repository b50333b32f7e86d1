"""Parse, call, answer: bodies are read strictly and refused field by field."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from kernel.idempotency import Answer
from kernel.money import Amount
from kernel.problems import NotSignedIn
from kernel.web.doors import (
    MOST_BYTES,
    BodyTooLarge,
    InvalidBody,
    MalformedJson,
    act_of,
    principal_of,
    read,
    reply,
    struct,
)


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    amount: Amount
    note: str = ""


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    shop: UUID
    lines: list[Line] = []


SHOP = "01a2001b-cc3a-7f0d-81f6-3467225e934c"


def faults(refusal: InvalidBody) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in refusal.errors]


def test_a_body_becomes_what_it_should_be(posted):
    order = read(posted(f'{{"shop": "{SHOP}", "lines": [{{"amount": 500}}]}}'), Order)
    assert order == Order(UUID(SHOP), [Line(500)])


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0", "out_of_range"),
        ("-1", "out_of_range"),
        (str(2**53), "out_of_range"),
        (str(2**63), "out_of_range"),
        (str(10**40), "out_of_range"),
        ("1.5", "not_a_whole_number"),
        ("1.0", "not_a_whole_number"),
        ("1e3", "not_a_whole_number"),
        ('"1e3"', "not_a_whole_number"),
        ('"500"', "not_a_whole_number"),
        ('"５００"', "not_a_whole_number"),
        ("true", "not_a_whole_number"),
        ("null", "not_a_whole_number"),
        ("[]", "not_a_whole_number"),
    ],
)
def test_an_amount_that_is_none_is_refused_by_name(posted, amount, code):
    with pytest.raises(InvalidBody) as refused:
        read(posted(f'{{"shop": "{SHOP}", "lines": [{{"amount": 1}}, {{"amount": {amount}}}]}}'), Order)
    assert faults(refused.value) == [("lines[1].amount", code)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{}", ("shop", "required")),
        (f'{{"shop": "{SHOP}", "lines": [{{}}]}}', ("lines[0].amount", "required")),
        (f'{{"shop": "{SHOP}", "colour": 1}}', ("colour", "unknown")),
        (f'{{"shop": "{SHOP}", "lines": [{{"amount": 1, "x": 1}}]}}', ("lines[0].x", "unknown")),
        ('{"shop": "nowhere"}', ("shop", "invalid")),
        ("[]", ("", "invalid")),
        ('"text"', ("", "invalid")),
    ],
)
def test_a_body_of_another_shape_is_refused_by_name(posted, body, expected):
    with pytest.raises(InvalidBody) as refused:
        read(posted(body), Order)
    assert faults(refused.value) == [expected]
    assert refused.value.errors[0].message


@pytest.mark.parametrize(
    "body", ["", "{", "nothing", '{"shop": NaN}', "{'shop': 1}", "１", b"\xff\xfe", b'{"lines": [{"note": "\xff"}]}']
)
def test_what_is_no_json_is_refused_as_such(posted, body):
    with pytest.raises(MalformedJson):
        read(posted(body), Order)


def test_a_text_with_the_sign_nul_is_refused_before_a_database_sees_it(posted):
    with pytest.raises(InvalidBody):
        read(posted(f'{{"shop": "{SHOP}", "lines": [{{"amount": 1, "note": "a\\u0000b"}}]}}'), Order)
    order = read(posted(f'{{"shop": "{SHOP}", "lines": [{{"amount": 1, "note": "\\\\u0000"}}]}}'), Order)
    assert order.lines[0].note == "\\u0000"  # a backslash and five signs, which is a text like any other


def test_a_body_too_large_is_refused_without_being_read(posted):
    with pytest.raises(BodyTooLarge):
        read(posted(b" " * (MOST_BYTES + 1)), Order)
    request = posted(b"{}")
    request.META["CONTENT_LENGTH"] = str(10**12)
    with pytest.raises(BodyTooLarge):
        read(request, Order)


def test_messages_speak_the_readers_language(posted):
    with translation.override("ja"), pytest.raises(InvalidBody) as refused:
        read(posted("{}"), Order)
    assert refused.value.errors[0].message == "入力してください。"


def test_an_act_is_who_now_and_under_which_key(posted, caller):
    person = caller()
    act = act_of(posted(user=person, **{"Idempotency-Key": "key-4711"}))
    assert (act.principal, act.key) == (person, "key-4711")
    assert abs(act.at - datetime.now(UTC)) < timedelta(seconds=5)  # noqa: TID251 - what the door asks
    assert act_of(posted(user=person)).key is None


def test_nobody_signed_in_acts_as_nobody(posted):
    with pytest.raises(NotSignedIn):
        principal_of(posted(user=AnonymousUser()))


def test_answers_leave_as_they_are_kept():
    done = reply(Answer(201, b'{"id":1}'))
    assert (done.status_code, done.content, done["Content-Type"]) == (201, b'{"id":1}', "application/json")
    refused = reply(Answer(409, b'{"code":"x"}', is_refusal=True))
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    shown = struct(Line(5), status=202)
    assert (shown.status_code, shown.content) == (202, b'{"amount":5,"note":""}')
