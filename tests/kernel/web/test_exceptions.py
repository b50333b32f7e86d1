"""Every refusal leaves as a problem document, in the reader's language, whoever raised it."""

import msgspec
import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import translation
from django.utils.functional import lazy
from rest_framework import exceptions as drf

from kernel.idempotency import Answer, KeptRefusal
from kernel.problems import DomainError, FieldFault, NotFound, StepUpRequired, TooManyRequests, render
from kernel.request_context import bind_request, clear_request
from kernel.web.exceptions import handle

lazystr_of_language = lazy(lambda: f"in {translation.get_language()}", str)


def handled(error: Exception):
    response = handle(error, {})
    return response, msgspec.json.decode(response.content)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound(), 404, "not_found"),
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "not_allowed"),
        (drf.PermissionDenied(), 403, "not_allowed"),
        (drf.NotAuthenticated(), 401, "not_signed_in"),
        (drf.AuthenticationFailed(), 401, "not_signed_in"),
        (drf.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (drf.UnsupportedMediaType("text/plain"), 400, "bad_request"),
        (drf.ParseError(), 400, "bad_request"),
        (drf.Throttled(wait=1.2), 429, "too_many_requests"),
    ],
)
def test_a_refusal_is_a_problem(error, status, code):
    response, body = handled(error)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert body.items() >= {"status": status, "code": code, "type": f"/docs/problems#{code}"}.items()
    assert body["title"]


def test_a_bug_stays_a_bug():
    assert handle(ZeroDivisionError(), {}) is None
    assert handle(drf.APIException(), {}) is None


def test_headers_say_when_again_and_how_to_sign_in():
    response, body = handled(drf.Throttled(wait=1.2))
    assert (response["Retry-After"], body["retry_after"]) == ("2", 2)
    assert handled(TooManyRequests(retry_after=60))[0]["Retry-After"] == "60"
    assert handled(StepUpRequired(level=2))[0]["WWW-Authenticate"] == "Bearer"
    assert "Retry-After" not in handled(NotFound())[0]


def test_members_fields_and_the_request_id_are_in_the_document():
    bind_request("request-4711")
    error = StepUpRequired(level=2, errors=[FieldFault("amount", "out_of_range", "だめです。")])
    _response, body = handled(error)
    clear_request()
    assert body["level"] == 2
    assert body["request_id"] == "request-4711"
    assert body["errors"] == [{"field": "amount", "code": "out_of_range", "message": "だめです。"}]


def test_the_title_is_translated_when_it_is_read():
    class Spoken(NotFound):
        title = lazystr_of_language()

    with translation.override("ja"):
        assert render(Spoken())["title"] == "in ja"
        assert render(NotFound())["title"] == "見つかりませんでした。"
    with translation.override("en"):
        assert render(Spoken())["title"] == "in en"


def test_a_kept_refusal_leaves_byte_for_byte():
    class Full(DomainError):
        code, status, title = "full", 409, "一杯です。"

    answer = Answer.refusing(Full(seats=0))
    response = handle(KeptRefusal(answer), {})
    assert (response.content, response.status_code) == (answer.body, 409)
