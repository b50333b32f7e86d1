"""Every refusal leaves as ``application/problem+json``, whoever raised it."""

import math
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from rest_framework import exceptions as drf

from kernel.idempotency import PROBLEM_TYPE, KeptRefusal
from kernel.keys import Shredded
from kernel.problems import DomainError, NotAllowed, NotFound, NotSignedIn, StepUpRequired, TooManyRequests, _, render
from kernel.request_context import request_id

ACR = "urn:machi:authentication:"
"""Stands before the number of an authentication level where a standard wants one word for it."""


class MethodNotAllowed(DomainError):
    """The address exists, but not with this method."""

    code = "method_not_allowed"
    status = 405
    title = _("この操作には対応していません。")


class BadRequest(DomainError):
    """A request that no rule of ours foresaw more precisely."""

    code = "bad_request"
    status = 400
    title = _("送信された内容を読み取れませんでした。")


def problem(error: DomainError) -> HttpResponse:
    """Render one refusal as a response, with Retry-After and WWW-Authenticate where they belong."""
    body = (
        error.answer.body
        if isinstance(error, KeptRefusal)
        else msgspec.json.encode(render(error, request_id=request_id()))
    )
    response = HttpResponse(body, status=error.status, content_type=PROBLEM_TYPE)
    if error.retry_after is not None:
        response["Retry-After"] = str(error.retry_after)
    if error.status == 401:
        response["WWW-Authenticate"] = _challenge(error)
    return response


def _challenge(error: DomainError) -> str:
    """Say by which authentication the same request would do (RFC 9470, 3); who is merely not signed in hears the scheme alone."""
    needs = error.members.get("needs") if isinstance(error, StepUpRequired) else None
    if not needs:
        return "Bearer"
    level = max(needs["authentication_level"], 1)
    asked = [f'acr_values="{ACR}{level}"'] + ([f'max_age="{needs["max_age"]}"'] if needs["max_age"] is not None else [])
    return ", ".join(['Bearer error="insufficient_user_authentication"', *asked])


def handle(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Turn what a view raised into a problem; None lets a bug be a 500 (DRF's EXCEPTION_HANDLER)."""
    if isinstance(error, DomainError):
        return problem(error)
    if isinstance(error, Http404 | Shredded):  # a closed account's data, asked for at the moment it went
        return problem(NotFound())
    if isinstance(error, PermissionDenied | drf.PermissionDenied):
        return problem(NotAllowed())
    if isinstance(error, drf.NotAuthenticated | drf.AuthenticationFailed):
        return problem(NotSignedIn())
    if isinstance(error, drf.Throttled):
        return problem(TooManyRequests(retry_after=math.ceil(getattr(error, "wait", None) or 1)))
    if isinstance(error, drf.MethodNotAllowed):
        return problem(MethodNotAllowed())
    if isinstance(error, drf.APIException) and error.status_code < 500:
        return problem(BadRequest())
    return None
