"""The same request under the same key is done once and answered alike, also when fifty arrive at once.

An answer is kept for 48 hours in daily partitions (``kernel_answer``). The advisory lock on (actor, key) is taken in a statement of
its own, so that the look that follows sees what the holder before us committed.
"""

import hashlib
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from kernel.problems import DomainError, FieldFault, _, render
from kernel.request_context import request_id

KEPT_FOR = timedelta(hours=48)
PROBLEM_TYPE = "application/problem+json"
_STANDARD_MEMBERS = frozenset({"type", "title", "status", "code", "errors", "retry_after", "request_id"})
_WELL_FORMED = re.compile(r"[!-~]{8,128}")


class KeyRequired(DomainError):
    """The request carries no Idempotency-Key."""

    code = "key_required"
    status = 400
    title = _("Idempotency-Key ヘッダーが必要です。")


class KeyMalformed(DomainError):
    """The key is not 8 to 128 visible ASCII signs."""

    code = "key_malformed"
    status = 400
    title = _("Idempotency-Key は8〜128文字の英数字・記号にしてください。")


class KeyReused(DomainError):
    """The key was used for another request."""

    code = "key_reused"
    status = 422
    is_kept = False
    title = _("同じ Idempotency-Key が別の内容で使われています。")


class KeySpent(DomainError):
    """The key was used so long ago that its answer is no longer kept."""

    code = "key_spent"
    status = 409
    is_kept = False
    title = _("この操作はすでに終わっています。履歴をご確認ください。")


class Answer(msgspec.Struct, frozen=True):
    """What a door sends: status and bytes; ``is_refusal`` for problem documents."""

    status: int
    body: bytes
    is_refusal: bool = False

    @classmethod
    def of(cls, value: Any, status: int) -> "Answer":
        """Encode a service's value; None becomes 204 without a body."""
        return cls(204, b"") if value is None else cls(status, msgspec.json.encode(value))

    @classmethod
    def refusing(cls, refusal: DomainError) -> "Answer":
        """Encode a refusal as its problem document, in the language active now."""
        return cls(refusal.status, msgspec.json.encode(render(refusal, request_id=request_id())), is_refusal=True)


class KeptRefusal(DomainError):
    """A refusal: its problem document is in ``answer`` as it was, or is now, kept for the key."""

    title = _("この操作はできません。")

    def __init__(self, answer: Answer) -> None:
        """Take code, words, faults and members from the kept document."""
        document = msgspec.json.decode(answer.body)
        self.code, self.status, self.title = document["code"], answer.status, document["title"]  # type: ignore[misc]
        faults = msgspec.convert(document.get("errors", []), list[FieldFault])
        members = {name: value for name, value in document.items() if name not in _STANDARD_MEMBERS}
        super().__init__(errors=faults, retry_after=document.get("retry_after"), **members)
        self.answer = answer


def checked(key: str | None) -> str:
    """Return the key; :raises KeyRequired: without one; :raises KeyMalformed: for one of another shape."""
    if not key:
        raise KeyRequired
    if not _WELL_FORMED.fullmatch(key):
        raise KeyMalformed
    return key


def digest(action: str, arguments: dict[str, Any]) -> bytes:
    """Return SHA-256 over the action and its arguments, keys sorted."""
    return hashlib.sha256(msgspec.json.encode([action, arguments], order="deterministic")).digest()


def find(actor: UUID, key: str, request_digest: bytes, *, at: datetime) -> Answer | None:
    """Lock (actor, key) for this transaction, then return the answer kept for it.

    :raises KeyReused: where another request used the key.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"{actor}/{key}"])
        cursor.execute(
            "SELECT request_digest, status, body, is_refusal FROM kernel_answer"
            " WHERE actor = %s AND key = %s AND recorded_at > %s LIMIT 1",
            [actor, key, at - KEPT_FOR],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    if bytes(row[0]) != request_digest:
        raise KeyReused
    return Answer(row[1], bytes(row[2]), row[3])


def keep(actor: UUID, key: str, request_digest: bytes, answer: Answer, *, at: datetime) -> None:
    """Keep the answer in the running transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_answer (actor, key, recorded_at, request_digest, status, body, is_refusal)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [actor, key, at, request_digest, answer.status, answer.body, answer.is_refusal],
        )


def keep_refusal(actor: UUID, key: str, request_digest: bytes, refusal: DomainError, *, at: datetime) -> Answer:
    """Keep a refusal in a transaction of its own and return it; what another request kept meanwhile comes first.

    :raises DomainError: as it came, where it speaks of the key or of the moment (sign in again, later) and is no answer to keep.
    """
    if not refusal.is_kept:
        raise refusal
    answer = Answer.refusing(refusal)
    with transaction.atomic(durable=True):
        kept = find(actor, key, request_digest, at=at)
        if kept is not None:
            return kept
        keep(actor, key, request_digest, answer, at=at)
    return answer
