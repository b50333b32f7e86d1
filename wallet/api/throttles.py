"""How often is too often, where somebody might try codes through."""

import math
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import msgspec
import redis
from django.core.cache import cache
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from kernel.idempotency import Answer
from kernel.problems import DomainError, TooManyRequests
from kernel.use_case import Act
from kernel.web import reply
from wallet.engine.codes import is_typed
from wallet.errors import CodeUnknown

MOST_MISSES = 10
WINDOW_S = 600
NOBODYS = "nobodys"


class CodesThrottle(UserRateThrottle):
    """Sixty codes a minute are read or drawn for one person; without Redis they are let through, for a token cannot be guessed."""

    scope = "wallet.codes"
    rate = "60/min"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count the request and tell whether it may pass."""
        try:
            return bool(super().allow_request(request, view))
        except (redis.RedisError, OSError):
            return True


def guarded(act: Act, code: str, perform: Callable[[], Answer]) -> HttpResponse:
    """Do what names a code and reply. This function will count numbers that nobody holds, so that they cannot be tried through.

    A customer's number has eleven random digits and lives five minutes: at ten misses in ten minutes, a till that tried day and
    night among a thousand live numbers would meet one in some two hundred years. Pictures carry 160 bits and are not counted.

    :raises TooManyRequests: after ten misses of this person within ten minutes, or where Redis cannot count them.
    """
    if not is_typed(code):
        return reply(perform())
    attempt = Attempt(act.principal.actor, act.at)
    try:
        answer = perform()
    except DomainError as refusal:
        if refusal.members.get("reason") != NOBODYS:
            attempt.was_honest()
        raise
    if answer.status != CodeUnknown.status or msgspec.json.decode(answer.body).get("reason") != NOBODYS:
        attempt.was_honest()
    return reply(answer)


class Attempt:
    """One number typed by one person. It counts as a miss until it is known not to be one, so that many at once do not pass."""

    def __init__(self, actor: UUID, at: datetime) -> None:
        """Count it; :raises TooManyRequests: for one too many, or where Redis does not answer."""
        self._place = f"wallet.misses.{actor}.{int(at.timestamp()) // WINDOW_S}"
        try:
            cache.add(self._place, 0, timeout=2 * WINDOW_S)
            attempts = cache.incr(self._place)
        except (redis.RedisError, OSError):
            raise TooManyRequests(retry_after=5) from None
        if attempts > MOST_MISSES:
            raise TooManyRequests(retry_after=math.ceil(WINDOW_S - at.timestamp() % WINDOW_S))

    def was_honest(self) -> None:
        """Take it back: the number was somebody's."""
        with suppress(redis.RedisError, OSError):
            cache.decr(self._place)
