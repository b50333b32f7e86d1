"""Parse, call, answer: the three movements of every view."""

from typing import Any, TypeVar, cast

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from kernel import clock
from kernel.idempotency import PROBLEM_TYPE, Answer
from kernel.principal import Principal
from kernel.problems import DomainError, FieldFault, NotSignedIn, _
from kernel.use_case import Act

T = TypeVar("T")

MOST_BYTES = 256 * 1024


class MalformedJson(DomainError):
    """The body is no JSON at all."""

    code = "malformed_json"
    status = 400
    title = _("送信された内容を読み取れませんでした。")


class InvalidBody(DomainError):
    """The body is JSON of another shape; ``errors`` names the fields."""

    code = "invalid_body"
    status = 422
    title = _("入力内容をご確認ください。")


class BodyTooLarge(DomainError):
    """The body is larger than any request of ours."""

    code = "body_too_large"
    status = 413
    title = _("送信された内容が大きすぎます。")


def read(request: Request, shape: type[T]) -> T:
    """Read the JSON body as ``shape`` (a msgspec Struct), strictly: no text for numbers, no 1e3, no NaN.

    :raises MalformedJson: when it is no JSON; :raises InvalidBody: with the field that is wrong, or for the sign NUL in a text,
    which no database column can hold.
    """
    body = raw(request)
    try:
        decoded = msgspec.json.decode(body, type=shape)
        if b"\\u0000" in body and _has_nul(msgspec.json.decode(body)):
            raise InvalidBody
    except msgspec.ValidationError as fault:
        raise InvalidBody(errors=[_field_fault(fault)]) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise MalformedJson from None
    return decoded


def principal_of(request: Request) -> Principal:
    """Return who asks; :raises NotSignedIn: when nobody is signed in."""
    if not request.user.is_authenticated:
        raise NotSignedIn
    return cast("Principal", getattr(request.user, "principal"))  # noqa: B009 - authentication attached it


def act_of(request: Request) -> Act:
    """Return the act that this request intends: who, now, under which Idempotency-Key."""
    return Act(principal_of(request), at=clock.now(), key=request.headers.get("Idempotency-Key"))


def reply(answer: Answer) -> HttpResponse:
    """Send an answer's bytes as they are kept."""
    return HttpResponse(
        answer.body,
        status=answer.status,
        content_type=PROBLEM_TYPE if answer.is_refusal else "application/json",
    )


def struct(value: Any, status: int = 200) -> HttpResponse:
    """Send a value that a selector returned, encoded by msgspec."""
    return HttpResponse(msgspec.json.encode(value), status=status, content_type="application/json")


def raw(request: Request, *, most: int = MOST_BYTES) -> bytes:
    """Return the bytes as they came, before any parser; :raises BodyTooLarge: without reading what is announced as too large."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    if announced.isdecimal() and int(announced) > most:
        raise BodyTooLarge
    try:
        body = request._request.body  # noqa: SLF001 - Django's own request
    except RequestDataTooBig:
        raise BodyTooLarge from None
    if len(body) > most:
        raise BodyTooLarge
    return body


class AsItIs(BaseParser):
    """Takes a body of whatever type and leaves it unread: for doors that read it by :func:`streamed`.

    Without it the look for a CSRF token in a form refuses a body that is no form and no JSON.
    """

    media_type = "*/*"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        """Read nothing."""
        return {}


def streamed(request: Request, *, most: int) -> bytes:
    """Return a file that is the body itself, read as it comes and no further than ``most`` bytes; :raises BodyTooLarge: beyond."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    if announced.isdecimal() and int(announced) > most:
        raise BodyTooLarge
    body: bytes = request._request.read(most + 1)  # noqa: SLF001 - Django's own request
    if len(body) > most:
        raise BodyTooLarge
    return body


def _field_fault(fault: msgspec.ValidationError) -> FieldFault:
    """Turn msgspec's sentence (``… - at `$.amount```) into a field, a code and words for a person."""
    what, _at, path = str(fault).partition(" - at `$")
    field = path.rstrip("`").lstrip(".")
    if "missing required field" in what:
        return FieldFault(field=_inside(field, what), code="required", message=str(_("入力してください。")))
    if "unknown field" in what:
        return FieldFault(field=_inside(field, what), code="unknown", message=str(_("この項目は使えません。")))
    if what.startswith("Expected `int` "):
        return FieldFault(field=field, code="out_of_range", message=str(_("入力できる範囲の数にしてください。")))
    if what.startswith(("Expected `int`,", "Expected `int | null`,")):
        return FieldFault(field=field, code="not_a_whole_number", message=str(_("半角の整数で入力してください。")))
    return FieldFault(field=field, code="invalid", message=str(_("形式が正しくありません。")))


def _inside(path: str, sentence: str) -> str:
    """Return the path of the member that the sentence names."""
    return ".".join(part for part in (path, sentence.split("`")[-2]) if part)


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_has_nul(part) for part in value)
