"""How often somebody may knock: counters in Redis, all looked at and raised in one step."""

import hashlib
import hmac
from collections.abc import Sequence

from django.conf import settings
from msgspec import Struct

from accounts.gateways.store import store

_CONSUME = """
for i = 1, #KEYS do
  if tonumber(redis.call('GET', KEYS[i]) or '0') >= tonumber(ARGV[2 * i - 1]) then
    return math.max(redis.call('PTTL', KEYS[i]), 1)
  end
end
for i = 1, #KEYS do
  if redis.call('INCR', KEYS[i]) == 1 then redis.call('PEXPIRE', KEYS[i], ARGV[2 * i]) end
end
return 0
"""


class Limit(Struct, frozen=True):
    """At most ``most`` times in ``seconds``, counted for each ``who`` by itself."""

    name: str
    who: str
    most: int
    seconds: int


def consume(limits: Sequence[Limit]) -> int:
    """Count one knock against all limits. This function will count nothing when one of them is reached.

    Returns 0, or the whole seconds after which to try again.
    """
    if not limits:
        return 0
    arguments = [number for limit in limits for number in (limit.most, limit.seconds * 1000)]
    wait_ms = store().eval(_CONSUME, len(limits), *[_key(limit) for limit in limits], *arguments)
    return -(-int(wait_ms) // 1000)


def _key(limit: Limit) -> str:
    """Name the counter without naming the person."""
    who = hmac.new(settings.SECRET_KEY.encode(), limit.who.encode(), hashlib.sha256).hexdigest()[:32]
    return f"machi:limit:{limit.name}:{limit.seconds}:{who}"
