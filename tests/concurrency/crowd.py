"""Many at once: real threads, each with a connection of its own, let go at the same instant."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from kernel.problems import DomainError

MOST = 40  # two test processes share a server that takes a hundred connections


def all_at_once(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """Perform the acts in as many threads, ``MOST`` at the most; return each one's value, or the code of its refusal.

    The first of them begin at the same instant, the others as soon as one has ended. Who cannot come fails the crowd.
    """
    acts = list(acts)
    together = min(len(acts), MOST)
    start = threading.Barrier(together)

    def perform(number: int, act: Callable[[], Any]) -> Any:
        try:
            if number < together:
                _meet(start)
            return act()
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(together) as crowd:
        return list(crowd.map(perform, range(len(acts)), acts))


def _meet(start: threading.Barrier) -> None:
    try:
        connection.ensure_connection()
    except Exception:
        start.abort()
        raise
    start.wait()
