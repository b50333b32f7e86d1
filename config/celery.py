"""Work beside the request: queues ``life``, ``money``, ``default`` and ``bulk``; schedules stand in code; messages are sealed."""

import os
from typing import Any

from celery import Celery
from celery.signals import import_modules
from kombu.entity import Queue
from kombu.serialization import register
from kombu.utils.json import dumps, loads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

SEALED = "machi-sealed"
PLACE = "config.celery.message"

app = Celery("machi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = [Queue(name) for name in ("life", "money", "default", "bulk")]
app.autodiscover_tasks()


@import_modules.connect(sender=app)
def take_schedules(**_named: Any) -> None:
    """Give beat the schedules that the apps contribute; Celery has made Django ready a moment before."""
    from kernel import contributions  # noqa: PLC0415 - this module is loaded before Django is ready

    app.conf.beat_schedule = {
        name: {"task": each.task, "schedule": each.at, "options": {"queue": each.queue}}
        for name, each in contributions.schedules().items()
    }


def seal(message: Any) -> bytes:
    """Write a task's arguments so that a copy of Redis tells nobody to whom a letter goes or what its code is."""
    from kernel.keys import seal_message  # noqa: PLC0415 - the same

    return seal_message(dumps(message).encode(), PLACE)


def unseal(message: bytes) -> Any:
    """Read what :func:`seal` wrote; :raises SealBroken: for what this city's keys did not seal."""
    from kernel.keys import unseal_message  # noqa: PLC0415 - the same

    return loads(unseal_message(message, PLACE))


register(SEALED, seal, unseal, content_type="application/x-machi-sealed", content_encoding="binary")
