"""Many at once: real threads, each with a connection of its own, let go at the same instant."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from kernel.problems import DomainError


def all_at_once(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """Perform the acts in as many threads; return each one's value, or the code of its refusal."""
    acts = list(acts)
    start = threading.Barrier(len(acts))

    def perform(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait()
            return act()
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(perform, acts))
