"""A request's id, and one log line when it ends; nothing personal in either."""

import re
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from kernel.ids import new_id
from kernel.request_context import bind_request, clear_request
from kernel.web.metrics import count_request

_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_log = structlog.get_logger("request")


class RequestIdMiddleware:
    """Gives each request an id (the caller's ``X-Request-ID`` where it is well formed) and logs method, route, status, duration."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Wrap one request."""
        given = request.headers.get("X-Request-ID", "")
        identifier = given if _WELL_FORMED.fullmatch(given) else new_id().hex
        bind_request(identifier)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = identifier
            route = request.resolver_match.route if request.resolver_match else None
            seconds = time.perf_counter() - began
            count_request(request.method, route, response.status_code, seconds)
            _log.info(
                "request",
                method=request.method,
                route=route,
                status=response.status_code,
                milliseconds=round(seconds * 1000, 1),
            )
            return response
        finally:
            clear_request()
