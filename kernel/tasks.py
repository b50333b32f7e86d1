"""The work on the logs that follows a clock: partitions, sweeping, verification."""

import structlog
from celery import shared_task

from kernel import clock
from kernel.log import retention, sealing

_log = structlog.get_logger(__name__)


class LogDamaged(Exception):
    """A log is not as it was sealed; the message names the row. Somebody changed the database by hand, or restored it wrongly."""


@shared_task(name="kernel.tasks.keep_partitions")
def keep_partitions() -> None:
    """Make the partitions of the days to come, drop those of days gone by."""
    made = retention.make_partitions(at=clock.now())
    dropped = retention.drop_old_answers() + retention.drop_old_logs()
    _log.info("partitions_kept", made=made, dropped=dropped)


@shared_task(name="kernel.tasks.sweep")
def sweep() -> None:
    """Take away what ended accesses and old deliveries have left."""
    retention.sweep()


@shared_task(name="kernel.tasks.verify_logs")
def verify_logs() -> None:
    """Seal whatever the sealer has missed, then check every chain from its beginning.

    The head of each chain goes to the process log: a copy outside the database, which whoever changes the database cannot change.

    :raises LogDamaged: naming the log and the row.
    """
    damaged = []
    for log in sealing.SEALED:
        while sealing.seal(log, fully=True) == sealing.BATCH:
            pass
        verdict = sealing.verify(log)
        _log.info("log_verified", log=log, sealed=verdict.sealed, head=verdict.head, damage=verdict.damage)
        if verdict.damage:
            damaged.append(f"{log}: {verdict.damage} at {verdict.seq} (entry {verdict.entry})")
    if damaged:
        raise LogDamaged("; ".join(damaged))
