"""Letters by e-mail: through the city's mail server, or, in a demo city, into its letter box."""

from smtplib import SMTPRecipientsRefused
from typing import Protocol

import structlog
from django.conf import settings
from django.core.mail import EmailMessage

from accounts.gateways import demo_post
from kernel import clock

_log = structlog.get_logger(__name__)


class NoMailServer(Exception):
    """The city has no mail server and is no demo."""


class MailGateway(Protocol):
    """Whatever can bring a letter to an address."""

    def send(self, *, to: str, subject: str, body: str, code: str) -> None:
        """Bring one letter; :raises OSError: when it could not be handed over (the caller tries again)."""
        ...


class Smtp:
    """The city's mail server, as MACHI_MAIL_URL names it."""

    def send(self, *, to: str, subject: str, body: str, code: str) -> None:
        """Hand the letter to the server. This function will drop one whose address the server refuses for good."""
        try:
            EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to]).send()
        except SMTPRecipientsRefused as refusal:
            codes = sorted(code for code, _words in refusal.recipients.values())
            _log.warning("mail_recipient_refused", codes=codes)


class DemoMail:
    """The demo city's twin: the same letter, readable by whoever tries the city out."""

    def send(self, *, to: str, subject: str, body: str, code: str) -> None:
        """Put the letter into the demo city's letter box."""
        demo_post.put(
            demo_post.Letter(to=to, channel="email", code=code, text=f"{subject}\n\n{body}", sent_at=clock.now())
        )


def mail_gateway() -> MailGateway:
    """Return what carries mail here; :raises NoMailServer: where nothing does."""
    if settings.MAIL_SERVER:
        return Smtp()
    if settings.DEMO:
        return DemoMail()
    raise NoMailServer("MACHI_MAIL_URL is not set, so nobody can receive a code by e-mail.")
