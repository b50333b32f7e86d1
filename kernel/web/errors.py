"""What leaves where no view of ours answered: a problem document for the API, Django's plain page for people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from kernel.problems import DomainError, NotAllowed, NotFound, _
from kernel.web.exceptions import BadRequest, problem


class ServerFault(DomainError):
    """A bug of ours; the request id finds it in the log."""

    code = "server_fault"
    status = 500
    title = _("申し訳ありません。システムの不具合です。")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return problem(BadRequest()) if _is_api(request) else defaults.bad_request(request, exception)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return problem(NotAllowed()) if _is_api(request) else defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return problem(NotFound()) if _is_api(request) else defaults.page_not_found(request, exception)


def server_fault(request: HttpRequest, *_details: Any) -> HttpResponse:
    """Answer 500; the log already has the trace, under the same request id."""
    return problem(ServerFault()) if _is_api(request) else defaults.server_error(request)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
