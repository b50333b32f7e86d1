"""Runs loops, each in a thread of its own, until it is told to stop."""

import signal
import threading
import time
from collections.abc import Iterable
from types import FrameType

import redis
import structlog
from django.db import close_old_connections

from kernel.contributions import Loop
from kernel.loops.heartbeat import beat

BEAT_EVERY_S = 5.0
AFTER_FAULT_S = 2.0
LONGEST_PAUSE_S = 30.0
LOOK_FOR_SIGNALS_EVERY_S = 0.5

_log = structlog.get_logger(__name__)


class Runner:
    """Some loops and the word that ends them."""

    def __init__(self, loops: Iterable[Loop]) -> None:
        """Take the loops; nothing runs yet."""
        self._loops = list(loops)
        self._stop = threading.Event()

    def stop(self) -> None:
        """Let every loop end after the step that it is in."""
        self._stop.set()

    def run(self) -> None:
        """Run until :meth:`stop`; returns when every loop has ended.

        The wait is in pieces: Python acts on a signal between two instructions, and one that comes after the last instruction but
        before the wait has begun would be seen when the wait ends, that is, never.
        """
        threads = [threading.Thread(target=self._keep_going, args=[loop], name=loop.name) for loop in self._loops]
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive():
                thread.join(LOOK_FOR_SIGNALS_EVERY_S)

    def run_until_signal(self) -> None:
        """Run until SIGTERM or SIGINT; for the main thread of a process."""

        def told(number: int, frame: FrameType | None) -> None:
            self.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, told)
        self.run()

    def _keep_going(self, loop: Loop) -> None:
        faults, beaten_at = 0, float("-inf")
        while not self._stop.is_set():
            if time.monotonic() - beaten_at > BEAT_EVERY_S:
                _say(loop)
                beaten_at = time.monotonic()
            try:
                has_more = loop.step()
                faults = 0
            except Exception:  # noqa: BLE001 - a loop outlives a database that restarts
                _log.exception("loop_step_failed", loop=loop.name)
                has_more, faults = False, faults + 1
            finally:
                close_old_connections()
            pause_s = min(LONGEST_PAUSE_S, AFTER_FAULT_S * faults) if faults else loop.rest_s
            if not has_more:
                self._stop.wait(pause_s)


def _say(loop: Loop) -> None:
    try:
        beat(loop.name)
    except (redis.RedisError, OSError):
        _log.warning("heartbeat_lost", loop=loop.name)
