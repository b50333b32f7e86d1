"""Cursor pages on ``(instant, id)``, newest first; 50 a page, 200 at the most."""

import base64
import binascii
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from django.db.models import Model, Q, QuerySet
from rest_framework.request import Request

from kernel.problems import DomainError, FieldFault, _

T = TypeVar("T")
M = TypeVar("M", bound=Model)

USUAL, MOST = 50, 200


class CursorMalformed(DomainError):
    """The cursor is not one that we gave."""

    code = "cursor_malformed"
    status = 400
    title = _("続きを読み込めません。最初から読み込み直してください。")


class InvalidQuery(DomainError):
    """A part of the address after the question mark is wrong; ``errors`` names it."""

    code = "invalid_query"
    status = 422
    title = _("検索条件をご確認ください。")


class Page(msgspec.Struct, Generic[T], frozen=True):
    """One page; ``next`` is the cursor of the following one, None at the end."""

    results: list[T]
    next: str | None = None


def limit_of(request: Request) -> int:
    """Return how many rows are asked for, 1 to 200."""
    asked = request.query_params.get("limit", str(USUAL))
    if not re.fullmatch("[0-9]{1,3}", asked) or not 1 <= int(asked) <= MOST:
        fault = FieldFault(field="limit", code="out_of_range", message=str(_("1から200までの数にしてください。")))
        raise InvalidQuery(errors=[fault])
    return int(asked)


def number_of(request: Request, name: str, *, otherwise: int | None = None) -> int:
    """Return a whole number from the address, ``otherwise`` where it is left out; :raises InvalidQuery: for anything else."""
    text = request.query_params.get(name, "" if otherwise is None else str(otherwise))
    if not re.fullmatch("[0-9]{1,15}", text):
        fault = FieldFault(field=name, code="not_a_whole_number", message=str(_("半角の整数で入力してください。")))
        raise InvalidQuery(errors=[fault])
    return int(text)


def page_of(rows: "QuerySet[M]", request: Request, *, shape: Callable[[M], T], instant: str = "at") -> Page[T]:
    """Cut one page from ``rows``, ordered by ``-instant, -id``; one query whatever its length."""
    limit, cursor = limit_of(request), request.query_params.get("cursor")
    if cursor:
        at, identifier = _decode(cursor)
        # The first condition says nothing new, but an index on (instant, id) is entered by it.
        rows = rows.filter(**{f"{instant}__lte": at})
        rows = rows.filter(Q(**{f"{instant}__lt": at}) | Q(**{instant: at, "id__lt": identifier}))
    found = list(rows.order_by(f"-{instant}", "-id")[: limit + 1])
    more = found[limit - 1] if len(found) > limit else None
    return Page([shape(row) for row in found[:limit]], _encode(getattr(more, instant), more.pk) if more else None)


Position = tuple[datetime, UUID]


def page_from(
    read: Callable[[Position | None, int], list[T]], request: Request, *, position: Callable[[T], Position]
) -> Page[T]:
    """Cut one page from what ``read`` returns: so many rows before a position (None: the newest), by instant and id."""
    limit, cursor = limit_of(request), request.query_params.get("cursor")
    found = read(_decode(cursor) if cursor else None, limit + 1)
    return Page(found[:limit], _encode(*position(found[limit - 1])) if len(found) > limit else None)


def _encode(at: datetime, identifier: Any) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{identifier}".encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[datetime, UUID]:
    try:
        at, _bar, identifier = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition("|")
        when = datetime.fromisoformat(at)
        if when.tzinfo is None:
            raise CursorMalformed
        return when.astimezone(UTC), UUID(identifier)
    except (ValueError, OverflowError, binascii.Error):
        raise CursorMalformed from None
