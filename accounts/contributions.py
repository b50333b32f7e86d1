"""What the accounts floor gives to the kernel."""

from celery.schedules import crontab

from accounts import tasks
from accounts.api.live import LiveSignIns
from accounts.demo.organisations import seed_organisations
from accounts.demo.people import seed_people
from accounts.gateways.checks import mail_can_leave
from kernel.contributions import Check, Contributions, Schedule

contributions = Contributions(
    checks=(Check("mail", mail_can_leave),),
    schedules={"accounts.clear_away": Schedule(tasks.clear_away.name, crontab(minute=23), queue="bulk")},
    sign_ins=LiveSignIns(),
    rights={
        "city.officer": frozenset(
            {"admin.enter", "accounts.view_module", "accounts.view_organisation", "accounts.view_membership"}
        ),
        "city.administrator": frozenset({"admin.enter", "admin.manage", "accounts.appoint"}),
    },
    demo=(
        (10, "residents and personas", seed_people),
        (11, "organisations and who works there", seed_organisations),
    ),
)
