"""Refusals: one family of typed errors, rendered as RFC 9457 problem details in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from django.utils.translation import gettext_lazy as _

__all__ = [
    "DomainError",
    "FieldFault",
    "NotAllowed",
    "NotFound",
    "NotSignedIn",
    "OutOfScope",
    "StepUpRequired",
    "TooManyRequests",
    "_",
    "render",
]

TYPE_BASE = "/docs/problems#"


class FieldFault(msgspec.Struct, frozen=True):
    """One wrong field: where it stands in the body, a code and a sentence."""

    field: str
    code: str
    message: str


class DomainError(Exception):
    """A foreseen refusal.

    Subclasses set ``code``, ``status`` (4xx) and ``title`` (Japanese source, translated when rendered). Keyword arguments become
    further members of the problem: what the person can do next, the amount that is missing, the field that is wrong.
    """

    code: ClassVar[str]
    status: ClassVar[int]
    title: ClassVar[Any]
    is_kept: ClassVar[bool] = True
    """Whether it is the answer to a request under an idempotency key for good; not where it speaks of the moment alone."""

    def __init__(self, *, errors: Sequence[FieldFault] = (), retry_after: int | None = None, **members: Any) -> None:
        """Keep what the reader needs beside code and title."""
        super().__init__(self.code)
        self.errors = tuple(errors)
        self.retry_after = retry_after
        self.members: Mapping[str, Any] = members


class NotSignedIn(DomainError):
    """Nobody is signed in where somebody must be."""

    code = "not_signed_in"
    status = 401
    is_kept = False
    title = _("サインインしてください。")


class StepUpRequired(DomainError):
    """The person is known less surely, or was so longer ago, than this needs; :mod:`kernel.assurance` names what and how."""

    code = "step_up_required"
    status = 401
    is_kept = False
    title = _("もう一度、本人確認をしてください。")


class NotAllowed(DomainError):
    """The one who asks lacks the right."""

    code = "not_allowed"
    status = 403
    title = _("この操作はできません。")


class OutOfScope(DomainError):
    """One acts for another person, and not in this service; ``scopes`` lists those in which one may."""

    code = "out_of_scope"
    status = 403
    is_kept = False
    title = _("この方の代理として、この操作はできません。")


class NotFound(DomainError):
    """It does not exist, or is somebody else's: the two answer alike."""

    code = "not_found"
    status = 404
    title = _("見つかりませんでした。")


class TooManyRequests(DomainError):
    """Asked too often; ``retry_after`` seconds say when again."""

    code = "too_many_requests"
    status = 429
    is_kept = False
    title = _("しばらく待ってから、もう一度お試しください。")


def render(error: DomainError, *, request_id: str | None = None) -> dict[str, Any]:
    """Return the members of the problem document, titles in the language active now."""
    body: dict[str, Any] = {
        "type": TYPE_BASE + error.code,
        "title": str(error.title),
        "status": error.status,
        "code": error.code,
        **error.members,
    }
    if error.errors:
        body["errors"] = [msgspec.to_builtins(fault) for fault in error.errors]
    if error.retry_after is not None:
        body["retry_after"] = error.retry_after
    if request_id:
        body["request_id"] = request_id
    return body
