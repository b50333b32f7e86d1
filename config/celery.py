"""Work beside the request: queues ``life``, ``money``, ``default`` and ``bulk``; schedules stand in code."""

import os
from typing import Any

from celery import Celery
from celery.signals import import_modules
from kombu.entity import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

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
