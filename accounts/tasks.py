"""Work beside the request: letters and texts leave, copies are made, abandoned sign-ups and ended sessions are cleared away."""

from uuid import UUID

from celery import shared_task

from accounts.gateways.mail import mail_gateway
from accounts.gateways.sms import sms_gateway
from accounts.services.devices import remove_old_requests
from accounts.services.exports import begin_again, forget_old_exports
from accounts.services.exports import make_export as make
from accounts.services.glass import tell_of_glass
from accounts.services.mandates import end_due_mandates
from accounts.services.notices.clearing import clear_messages
from accounts.services.partners.tokens import remove_ended_tokens
from accounts.services.sign_ins import remove_abandoned_sign_ups, remove_ended_sessions
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act

TRY_AGAIN = {"autoretry_for": (OSError,), "retry_backoff": 5, "retry_backoff_max": 60, "max_retries": 4}


@shared_task(name="accounts.tasks.send_mail", **TRY_AGAIN)
def send_mail(*, to: str, subject: str, body: str, code: str) -> None:
    """Hand one letter to the mail gateway."""
    mail_gateway().send(to=to, subject=subject, body=body, code=code)


@shared_task(name="accounts.tasks.send_sms", **TRY_AGAIN)
def send_sms(*, to: str, text: str, code: str) -> None:
    """Hand one text to the SMS gateway; the doors take no number where there is none."""
    gateway = sms_gateway()
    if gateway is not None:
        gateway.send(to=to, text=text, code=code)


@shared_task(name="accounts.tasks.make_export")
def make_export(*, export_id: str) -> None:
    """Make a copy of a person's data."""
    make(Act(SYSTEM, at=clock.now()), export_id=UUID(export_id))


@shared_task(name="accounts.tasks.tend_exports")
def tend_exports() -> None:
    """Go on with copies that were left undone, and delete those whose day is over."""
    begin_again(Act(SYSTEM, at=clock.now()))
    forget_old_exports(Act(SYSTEM, at=clock.now()))


@shared_task(name="accounts.tasks.clear_away")
def clear_away() -> None:
    """Remove who signed up and never came in, and sessions, tokens and devices' requests that have run out."""
    remove_abandoned_sign_ups(Act(SYSTEM, at=clock.now()))
    remove_ended_sessions(Act(SYSTEM, at=clock.now()))
    remove_ended_tokens(Act(SYSTEM, at=clock.now()))
    remove_old_requests(Act(SYSTEM, at=clock.now()))


@shared_task(name="accounts.tasks.end_due")
def end_due() -> None:
    """Write down which mandates have run out; whoever was read behind broken glass is told."""
    while end_due_mandates(Act(SYSTEM, at=clock.now())):
        continue
    tell_of_glass(Act(SYSTEM, at=clock.now()))


@shared_task(name="accounts.tasks.clear_old_messages")
def clear_old_messages() -> None:
    """Remove deliveries and messages that are past their time."""
    clear_messages(Act(SYSTEM, at=clock.now()))
