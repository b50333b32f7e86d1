"""A request's id goes with every answer; log and metrics name the route and nobody."""

import pytest
import structlog
from django.http import HttpResponse
from django.test import RequestFactory

from kernel.request_context import request_id
from kernel.web.metrics import REQUESTS
from kernel.web.middleware import RequestIdMiddleware
from kernel.web.security import ADMIN_POLICY, POLICY, ContentSecurityPolicyMiddleware


def passed(**headers: str):
    seen = []

    def view(request):
        seen.append(request_id())
        return HttpResponse("ok")

    response = RequestIdMiddleware(view)(RequestFactory().get("/some/where?email=a@b.jp", headers=headers))
    return response, seen[0]


def test_a_request_gets_an_id_that_the_view_knows_and_the_answer_carries():
    response, seen = passed()
    assert response["X-Request-ID"] == seen
    assert len(seen) == 32
    assert request_id() is None


def test_a_callers_well_formed_id_is_kept():
    assert passed(**{"X-Request-ID": "caller-id.4711"})[1] == "caller-id.4711"


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, "with space in it", "日本語の番号です", "a;b<c>d&e", "line\nbreak-in-it"]
)
def test_another_is_replaced(given):
    response, seen = passed(**{"X-Request-ID": given})
    assert seen != given
    assert response["X-Request-ID"] == seen


def test_the_id_is_forgotten_after_a_fault():
    def view(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        RequestIdMiddleware(view)(RequestFactory().get("/"))
    assert request_id() is None


def test_the_log_line_has_the_route_and_no_address():
    with structlog.testing.capture_logs() as lines:
        passed()
    (line,) = lines
    assert line.pop("milliseconds") >= 0
    assert line == {"event": "request", "log_level": "info", "method": "GET", "route": None, "status": 200}


def test_requests_are_counted_by_route_and_strange_methods_under_one_name():
    def count(method: str) -> float:
        labels = {"method": method, "route": "none", "status": "200"}
        return REQUESTS.labels(**labels)._value.get()

    before = count("GET"), count("other")
    passed()
    for verb in ("BREW", "X" * 500):
        RequestIdMiddleware(lambda _request: HttpResponse())(RequestFactory().generic(verb, "/"))
    assert (count("GET"), count("other")) == (before[0] + 1, before[1] + 2)


def policy_of(path: str, **given: str) -> str:
    middleware = ContentSecurityPolicyMiddleware(lambda _request: HttpResponse(headers=given))
    return middleware(RequestFactory().get(path))["Content-Security-Policy"]


def test_nothing_inline_and_no_other_host():
    assert policy_of("/") == POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert policy_of("/administrators") == POLICY
    assert policy_of("/api/docs/") == POLICY


def test_the_admin_has_its_own_policy_and_a_view_may_set_one():
    assert policy_of("/admin/kernel/") == ADMIN_POLICY
    assert "http" not in ADMIN_POLICY
    assert policy_of("/", **{"Content-Security-Policy": "default-src 'none'"}) == "default-src 'none'"
