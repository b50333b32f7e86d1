"""Work of getting about at fixed times."""

import structlog
from celery import shared_task

from kernel import clock
from mobility import services
from mobility.services.live import forget_old_alerts

_log = structlog.get_logger(__name__)


@shared_task(name="mobility.tasks.refresh_feeds")
def refresh_feeds() -> None:
    """Fetch the timetables that are due, and use those whose first day is today."""
    _log.info("feeds_refreshed", count=services.refresh_due_feeds(at=clock.now()))


@shared_task(name="mobility.tasks.tidy_alerts")
def tidy_alerts() -> None:
    """Delete operators' notices that ended long ago."""
    _log.info("alerts_tidied", count=forget_old_alerts(at=clock.now()))


@shared_task(name="mobility.tasks.tidy_networks")
def tidy_networks() -> None:
    """Delete old networks from the disk."""
    _log.info("networks_tidied", count=services.tidy_networks(at=clock.now()))
