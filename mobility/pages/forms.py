"""What the officers' forms of getting about have in common: what is wrong stands at its field, and what was typed stays."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest

from kernel.clock import JST
from kernel.problems import DomainError, NotFound

Faults = dict[str, str]


def taken(request: HttpRequest, deed: Callable[[], str]) -> Faults | None:
    """Do a deed and say what came of it; return what is wrong by field where it is refused, None where it is done."""
    try:
        messages.success(request, deed())
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal.title))
        return {fault.field: fault.message for fault in refusal.errors}
    return None


def why_of(request: HttpRequest) -> str:
    """Return the reason that was given."""
    return request.POST.get("why", "").strip()[:200]


def id_of(text: str) -> UUID:
    """Return an id that came with a form; :raises NotFound: where it is none."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def number_of(text: str) -> int:
    """Return a whole number that was typed, 0 for anything else."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 6 else 0


def instant_of(text: str) -> datetime | None:
    """Return an instant that was typed as the clock here shows it, None for none; :raises ValueError: where it is no instant."""
    return datetime.fromisoformat(text.strip()).replace(tzinfo=JST) if text.strip() else None


def typed_of(at: datetime | None) -> str:
    """Return an instant as a form shows it."""
    return "" if at is None else f"{at.astimezone(JST):%Y-%m-%dT%H:%M}"
