"""Alive, ready, measured: what load balancers, supervisors and Prometheus ask."""

import hmac
import threading
import time
from typing import Any, cast

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from kernel import contributions
from kernel.contributions import Check

REMEMBER_S = 1.0
LOOPBACK = ("127.0.0.1", "::1")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")

_log = structlog.get_logger(__name__)
_lock = threading.Lock()
_found: tuple[float, list[dict[str, Any]]] | None = None


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer that the process runs; asks nothing else, so that a slow database kills no web process."""
    return JsonResponse({"status": "alive"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer each dependency's state; 503 where a vital one fails. Asked often, it asks them once a second at the most."""
    found = _results()
    is_ready = all(result["ok"] or not result.get("vital", True) for result in found)
    return JsonResponse(
        {"status": "ready" if is_ready else "not_ready", "checks": found}, status=200 if is_ready else 503
    )


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give Prometheus its numbers: to who shows METRICS_TOKEN, or, without one set, to this machine itself.

    :raises Http404: for everybody else. What came through a proxy is not from this machine, and a public city asks for a token.
    """
    if not _may_measure(request):
        raise Http404
    return cast("HttpResponse", ExportToDjangoView(request))


def _results() -> list[dict[str, Any]]:
    global _found  # noqa: PLW0603 - one answer for all who ask within a second
    with _lock:
        if _found is None or time.monotonic() - _found[0] > REMEMBER_S:
            checks = [check for given in contributions.everyones() for check in given.checks]
            _found = (time.monotonic(), [_run(check) for check in checks])
        return _found[1]


def _run(check: Check) -> dict[str, Any]:
    try:
        why = check.run()
    except Exception as fault:  # noqa: BLE001 - whatever breaks, the answer says what
        _log.warning("check_failed", check=check.name, fault=repr(fault))
        why = f"Does not answer ({type(fault).__name__})."
    doubt = {"why": why} if why else {}
    return {"name": check.name, "ok": why is None} | doubt | ({} if check.is_vital else {"vital": False})


def _may_measure(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    is_from_here = request.META.get("REMOTE_ADDR") in LOOPBACK and not any(name in request.META for name in FORWARDED)
    return is_from_here and not settings.SECURE
