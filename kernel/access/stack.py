"""Which accesses this thread has open; the pleasant guard in front of the database's own."""

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kernel.access.many import Accesses
    from kernel.access.opening import Access


class OutsideAccess(Exception):
    """Personal data was touched outside an access that covers its class: open one around the whole of what needs it."""


class _Thread(threading.local):
    def __init__(self) -> None:
        self.open: list[Access | Accesses] = []


_thread = _Thread()


def accesses() -> "list[Access | Accesses]":
    """Return this thread's open accesses, the outermost first."""
    return _thread.open


def require(data_class: str, label: str) -> None:
    """Pass where an access to the class is open; :raises OutsideAccess: otherwise."""
    if not any(data_class in access.classes for access in _thread.open):
        raise OutsideAccess(f"{label} holds personal data of the class {data_class!r}")
