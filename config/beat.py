"""When each scheduled task last ran, kept in a file that may be torn by a process killed while it wrote."""

import contextlib
from typing import Any

import structlog
from celery.beat import PersistentScheduler

_log = structlog.get_logger(__name__)


class LastRuns(PersistentScheduler):
    """Begins anew where its file cannot be read: the schedules stand in code, and a task that runs again does no harm."""

    _store: Any

    def setup_schedule(self) -> None:
        """Read the file, or begin another."""
        try:
            super().setup_schedule()
        except Exception as fault:  # noqa: BLE001 - whatever a torn file raises (EOFError, UnpicklingError, dbm's own)
            _log.warning("last_runs_lost", fault=repr(fault))
            with contextlib.suppress(Exception):
                self._store.close()
            self._remove_db()
            super().setup_schedule()
