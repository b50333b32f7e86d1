"""What the kernel itself contributes: its loops (seals, deliveries), the nightly work, the checks of what everything stands on."""

from celery.schedules import crontab

from kernel.checks import CHECKS
from kernel.contributions import Contributions, Loop, Schedule
from kernel.log.delivery import deliver_some
from kernel.log.growth import seal_and_grow
from kernel.tasks import sign_heads_when_due

SEALER = Loop("log_sealer", seal_and_grow, rest_s=1.0)
HEADS = Loop("log_heads", sign_heads_when_due, rest_s=20.0)
OUTBOX = Loop("outbox", deliver_some, rest_s=0.5)

contributions = Contributions(
    checks=CHECKS,
    loops=(SEALER, HEADS, OUTBOX),
    schedules={
        "kernel.keep_partitions": Schedule("kernel.tasks.keep_partitions", crontab(hour=1, minute=7), queue="bulk"),
        "kernel.sign_heads": Schedule("kernel.tasks.sign_heads", crontab(hour=0, minute=0), queue="bulk"),
        "kernel.sweep": Schedule("kernel.tasks.sweep", crontab(minute="*/10"), queue="bulk"),
        "kernel.sweep_files": Schedule("kernel.tasks.sweep_files", crontab(hour=4, minute=7), queue="bulk"),
        "kernel.verify_logs": Schedule("kernel.tasks.verify_logs", crontab(hour=2, minute=11), queue="bulk"),
    },
)
