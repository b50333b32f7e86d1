"""A demo city's letter box: what would leave by mail or SMS is shown on the terminal and kept a quarter of an hour for a page."""

import sys
from datetime import datetime, timedelta
from typing import cast

import msgspec
from django.conf import settings

from accounts.gateways.store import store
from kernel import keys

KEPT_FOR = timedelta(minutes=15)
MOST = 50
_BOX = "machi:demo:letters"
_PLACE = "accounts.demo_letter"
_NOTICES = "machi:demo:notices"  # apart, so that a message to all residents pushes nobody's code out


class Letter(msgspec.Struct, frozen=True):
    """One message; ``code`` is empty where it carries none."""

    to: str
    channel: str
    code: str
    text: str
    sent_at: datetime


def put(letter: Letter) -> None:
    """Show the letter on the terminal and keep it. This function will refuse outside a demo city.

    :raises RuntimeError: where the city is real: its codes are nobody's to read.
    """
    if not settings.DEMO:
        raise RuntimeError("only a demo city keeps letters")
    _show(letter)
    name = _BOX if letter.code else _NOTICES
    box = store().pipeline()
    box.lpush(name, keys.seal_message(msgspec.json.encode(letter), _PLACE))
    box.ltrim(name, 0, MOST - 1)
    box.expire(name, KEPT_FOR)
    box.execute()


def letters(*, at: datetime) -> list[Letter]:
    """Return the letters of the last quarter of an hour, newest first."""
    sealed = [raw for name in (_BOX, _NOTICES) for raw in cast("list[bytes]", store().lrange(name, 0, MOST - 1))]
    kept = [msgspec.json.decode(keys.unseal_message(raw, _PLACE), type=Letter) for raw in sealed]
    newest = sorted(kept, key=lambda letter: letter.sent_at, reverse=True)
    return [letter for letter in newest if letter.sent_at > at - KEPT_FOR]


def _show(letter: Letter) -> None:
    """Write past the log, which withholds addresses and codes; a worker's standard output may be redirected there too."""
    terminal = sys.__stdout__
    if terminal is not None and letter.code:
        print(f"  [{letter.channel}] {letter.to}: {letter.code}", file=terminal, flush=True)
