"""The work on logs and files that follows a clock: partitions, sweeping, verification."""

import structlog
from celery import shared_task

from kernel import clock, files
from kernel.contributions import file_areas
from kernel.log import growth, heads, retention, sealing
from kernel.log.verifying import verify_tree
from kernel.principal import SYSTEM
from kernel.use_case import Act, Event, use_case

MOST_NAMED = 20  # findings that the audit row names; the check by hand names them all

_log = structlog.get_logger(__name__)


class LogDamaged(Exception):
    """A log is not as it was sealed; the message names the row. Somebody changed the database by hand, or restored it wrongly."""


class DamageFound(Event, frozen=True, kw_only=True):
    """The nightly check found logs that are not as they were sealed."""

    name = "kernel.logs.damaged.v1"
    findings: int


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


@shared_task(name="kernel.tasks.sweep_files")
def sweep_files(*, however_many: bool = False) -> None:
    """Delete the sealed files that no row names.

    :raises ManyUnnamed: where there are too many, once the other areas are done; an operator says ``manage.py sweep_files``.
    """
    refused = []
    for area, named in file_areas().items():
        try:
            count = files.forget_unnamed(area, named, at=clock.now(), however_many=however_many)
            _log.info("files_swept", area=area, count=count)
        except files.ManyUnnamed as found:
            refused.append(str(found))
    if refused:
        raise files.ManyUnnamed("; ".join(refused))


@shared_task(name="kernel.tasks.verify_logs")
def verify_logs() -> None:
    """Seal whatever the sealer has missed, then check every chain and tree from its beginning.

    The head of each chain goes to the process log: a copy outside the database, which whoever changes the database cannot change.
    What is found goes to the outbox, so that people hear of it, and not the process log alone.

    :raises LogDamaged: naming the log and the row.
    """
    damaged = _damages()
    if damaged:
        report_damage(Act(SYSTEM, at=clock.now()), found=damaged)
        raise LogDamaged("; ".join(damaged))


@use_case("kernel.report_log_damage")
def report_damage(act: Act, *, found: list[str]) -> None:
    """Leave word of what is not as it was sealed, for whoever looks after the city."""
    act.emit(DamageFound(findings=len(found)))
    act.audit(what={"found": found[:MOST_NAMED], "findings": len(found)})


def _damages() -> list[str]:
    damaged = []
    for log in sealing.SEALED:
        while sealing.seal(log, fully=True) == sealing.BATCH:
            pass
        verdict = sealing.verify(log)
        _log.info("log_verified", log=log, sealed=verdict.sealed, head=verdict.head, damage=verdict.damage)
        if verdict.damage:
            damaged.append(f"{log}: {verdict.damage} at {verdict.seq} (entry {verdict.entry})")
    for log in growth.WITH_TREE:
        growth.grow_fully(log)
        damaged += [f"{log}: {found.sentence}" for found in verify_tree(log, at=clock.now()).damages]
    return damaged


@shared_task(name="kernel.tasks.sign_heads")
def sign_heads() -> None:
    """Sign the day's heads of the trees, and those of days that were missed; none twice.

    :raises LogInDoubt: where a tree is not what was signed before.
    """
    for log in growth.WITH_TREE:
        for head in heads.sign_days(log, at=clock.now()):
            _log.info("log_head_signed", log=log, day=str(head.day), size=head.size, root=head.root)


def sign_heads_when_due() -> bool:
    """Do the same as a loop, so that a city without a scheduler has its heads too; a tree in doubt is said and signed by nobody."""
    try:
        sign_heads()
    except growth.LogInDoubt as found:
        _log.error("log_head_refused", reason=found.members["reason"])
    return False
