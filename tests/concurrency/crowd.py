"""Many at once: real threads, each with a connection of its own, let go at the same instant."""

import fcntl
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from kernel.problems import DomainError

MOST = 60  # the service's server takes a hundred connections, and other tests hold some of them
TURN = Path(tempfile.gettempdir()) / "machi-crowd.lock"


def all_at_once(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """Perform the acts in as many threads, ``MOST`` at the most; return each one's value, or the code of its refusal.

    The first of them begin at the same instant, more than ``MOST`` follow as others end. One crowd at a time, whatever
    test process it is of; who cannot come fails the crowd instead of being waited for.
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

    with _turn(), ThreadPoolExecutor(together) as crowd:
        return list(crowd.map(perform, range(len(acts)), acts))


def _meet(start: threading.Barrier) -> None:
    try:
        connection.ensure_connection()
    except Exception:
        start.abort()
        raise
    start.wait()


@contextmanager
def _turn() -> Iterator[None]:
    with TURN.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
