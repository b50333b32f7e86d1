"""Leaving work to the workers: by ids, or a letter that no log shows."""

from uuid import UUID

import structlog
from celery import current_app
from kombu.exceptions import OperationalError

_log = structlog.get_logger(__name__)


def leave(task: str, *, queue: str = "default", **message: UUID | str) -> None:
    """Leave a task in its queue. Where the queue is away that is logged: a sweep finds what was left undone."""
    try:
        current_app.tasks[task].apply_async(
            kwargs={name: str(value) for name, value in message.items()},
            queue=queue, argsrepr="withheld", kwargsrepr="withheld",
        )  # fmt: skip
    except OperationalError:
        _log.warning("task_not_left", task=task)
