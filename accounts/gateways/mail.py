"""Letters by e-mail: through the city's mail server, or, in a demo city, into its letter box."""

from collections.abc import Mapping
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Protocol

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from accounts.gateways import demo_post
from accounts.gateways.outcome import SENT, Fate, Outcome
from accounts.gateways.store import Unreachable
from kernel import clock

_log = structlog.get_logger(__name__)


class NoMailServer(Exception):
    """The city has no mail server and is no demo."""


class MailGateway(Protocol):
    """Whatever can bring a letter to an address."""

    def send(self, *, to: str, subject: str, body: str, code: str) -> None:
        """Bring one letter; :raises OSError: when it could not be handed over (the caller tries again)."""
        ...

    def send_notice(self, *, to: str, subject: str, body: str, headers: Mapping[str, str]) -> Outcome:
        """Bring one message once, and say what has become of it; ``headers`` name it, so that a second try shows."""
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

    def send_notice(self, *, to: str, subject: str, body: str, headers: Mapping[str, str]) -> Outcome:
        """Hand one message to the server, and tell what was surely not taken from what perhaps was."""
        server = get_connection()
        letter = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to], headers=dict(headers))
        try:
            server.open()
        except OSError as fault:  # smtplib's own among them
            return Outcome(Fate.LATER, type(fault).__name__)
        try:
            server.send_messages([letter])
        except SMTPRecipientsRefused as refusal:
            return _refused(min(code for code, _words in refusal.recipients.values()))
        except SMTPResponseException as refusal:
            return _refused(refusal.smtp_code)
        except OSError as fault:  # the line broke, perhaps after the letter was taken
            return Outcome(Fate.UNKNOWN, type(fault).__name__)
        finally:
            server.close()
        return SENT


def _refused(code: int) -> Outcome:
    """Read a server's refusal: 4xx for now, 5xx for good (RFC 5321, 4.2.1)."""
    return Outcome(Fate.LATER if code < 500 else Fate.REFUSED, str(code))


class DemoMail:
    """The demo city's twin: the same letter, readable by whoever tries the city out."""

    def send(self, *, to: str, subject: str, body: str, code: str) -> None:
        """Put the letter into the demo city's letter box."""
        demo_post.put(
            demo_post.Letter(to=to, channel="email", code=code, text=f"{subject}\n\n{body}", sent_at=clock.now())
        )

    def send_notice(self, *, to: str, subject: str, body: str, headers: Mapping[str, str]) -> Outcome:
        """Put the message into the demo city's letter box."""
        try:
            self.send(to=to, subject=subject, body=body, code="")
        except Unreachable as fault:
            return Outcome(Fate.LATER, type(fault).__name__)
        return SENT


def mail_gateway() -> MailGateway:
    """Return what carries mail here; :raises NoMailServer: where nothing does."""
    if settings.MAIL_SERVER:
        return Smtp()
    if settings.DEMO:
        return DemoMail()
    raise NoMailServer("MACHI_MAIL_URL is not set, so nobody can receive a code by e-mail.")
