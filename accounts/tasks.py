"""Work beside the request: letters and texts leave, abandoned sign-ups and ended sessions are cleared away."""

from celery import shared_task

from accounts.gateways.mail import mail_gateway
from accounts.gateways.sms import sms_gateway
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


@shared_task(name="accounts.tasks.clear_away")
def clear_away() -> None:
    """Remove who signed up and never came in, and sessions that have run out."""
    remove_abandoned_sign_ups(Act(SYSTEM, at=clock.now()))
    remove_ended_sessions(Act(SYSTEM, at=clock.now()))
