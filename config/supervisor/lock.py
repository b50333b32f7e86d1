"""One city a folder: who holds it, and which programs an earlier holder left behind when it was killed."""

import json
import os
import signal
import time
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from types import TracebackType
from typing import Any

from config.supervisor.processes import group_members, send, started_at
from config.supervisor.trouble import Trouble

PATIENCE_S = 6.0
ENDS_WITHIN_S = 25.0
NOTHING: dict[str, Any] = {"holder": 0, "is_ending": False, "children": {}}


class Lock:
    """The hold on one city's folder. The operating system gives it back when the holder dies, however it dies.

    The file also lists the programs that the holder has started, each with the tick of its start, so that the next holder
    can end those that outlived a `kill -9`.
    """

    def __init__(self, path: Path) -> None:
        """Name the file; entering the context takes the lock."""
        self._path = path
        self._children: dict[int, int] = {}
        self._is_ending = False

    def __enter__(self) -> "Lock":
        """Take the lock and end what an earlier holder left.

        :raises Trouble: while another supervisor holds it, unless that one is about to end.
        """
        self._file = self._path.open("a+")
        deadline = time.monotonic() + ENDS_WITHIN_S
        while not self._take():
            holder = self._read()
            if time.monotonic() > deadline or (holder and not holder["is_ending"]):
                self._file.close()
                known = f" (process {holder['holder']}); end it with Ctrl-C there first" if holder else ""
                raise Trouble(f"The city in {self._path.parent} is running already{known}.")
            time.sleep(0.1)
        end_groups(self._left_behind())
        self._write()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        self._file.close()

    def remember(self, pid: int) -> None:
        """Note a program that was started as the leader of a process group."""
        self._children[pid] = started_at(pid) or 0
        self._write()

    def forget(self, pid: int) -> None:
        """Note that a program has ended."""
        self._children.pop(pid, None)
        self._write()

    def announce_end(self) -> None:
        """Let whoever asks next wait a moment instead of being turned away."""
        self._is_ending = True
        self._write()

    def _take(self) -> bool:
        try:
            flock(self._file, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _left_behind(self) -> list[int]:
        """Return the groups of an earlier holder that still live; a number given to a new process since is none of them."""
        noted = self._read().get("children", {})
        return [
            int(pid) for pid, tick in noted.items() if group_members(int(pid)) and started_at(int(pid)) in (None, tick)
        ]

    def _read(self) -> dict[str, Any]:
        """Return what the file says; nothing where it is new, damaged or being written at this moment."""
        self._file.seek(0)
        try:
            content = json.load(self._file)
        except ValueError:
            return {}
        return NOTHING | content if isinstance(content, dict) else {}

    def _write(self) -> None:
        self._file.seek(0)
        self._file.truncate()
        json.dump({"holder": os.getpid(), "is_ending": self._is_ending, "children": self._children}, self._file)
        self._file.flush()


def end_groups(groups: list[int], patience_s: float = PATIENCE_S) -> None:
    """End process groups, first politely, then by force. This function will return when none of them lives."""
    for group in groups:
        send(group, signal.SIGTERM)
    deadline = time.monotonic() + patience_s
    while any(group_members(group) for group in groups):
        if time.monotonic() > deadline:
            for group in groups:
                send(group, signal.SIGKILL)
        time.sleep(0.05)
