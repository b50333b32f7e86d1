"""Codes by which somebody who is signed in shows once more that they read their letters: ten minutes, five tries, once."""

import hashlib
import hmac
import secrets

from django.conf import settings

from accounts.gateways.store import store

LIVES_S = 600
MOST_TRIES = 5
DIGITS = 6

_TRY = """
local kept = redis.call('HGET', KEYS[1], 'code')
if not kept then return 0 end
if kept == ARGV[1] then redis.call('DEL', KEYS[1]) return 1 end
if redis.call('HINCRBY', KEYS[1], 'tries', 1) >= tonumber(ARGV[2]) then redis.call('DEL', KEYS[1]) end
return 0
"""


def new_code(session_key: str) -> str:
    """Make a code for one sign-in; the one before it is worth nothing any more."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    name = _name(session_key)
    write = store().pipeline()
    write.delete(name)
    write.hset(name, "code", _digest(session_key, code))
    write.expire(name, LIVES_S)
    write.execute()
    return code


def is_right(session_key: str, typed: str) -> bool:
    """Tell whether it is the code of this sign-in; the right one is used up by this, and so is a fifth wrong one."""
    return bool(store().eval(_TRY, 1, _name(session_key), _digest(session_key, typed), MOST_TRIES))


def _digest(session_key: str, code: str) -> str:
    return hmac.new(
        settings.SECRET_KEY.encode(), f"code proof|{session_key}|{code}".encode(), hashlib.sha256
    ).hexdigest()


def _name(session_key: str) -> str:
    return f"machi:code-proof:{hashlib.sha256(session_key.encode()).hexdigest()}"
