"""Text messages: the demo city's twin today. A city's SMS provider is one more class here, named in :func:`sms_gateway`."""

from typing import Protocol

from django.conf import settings

from accounts.gateways import demo_post
from accounts.gateways.outcome import SENT, Fate, Outcome
from accounts.gateways.store import Unreachable
from kernel import clock


class SmsGateway(Protocol):
    """Whatever can bring a text to a telephone; numbers in E.164."""

    def send(self, *, to: str, text: str, code: str) -> None:
        """Bring one text; :raises OSError: when it could not be handed over (the caller tries again)."""
        ...

    def send_notice(self, *, to: str, text: str, reference: str) -> Outcome:
        """Bring one message once; the same ``reference`` twice is one message to its reader."""
        ...


class DemoSms:
    """The demo city's twin: the same text, readable by whoever tries the city out."""

    def send(self, *, to: str, text: str, code: str) -> None:
        """Put the text into the demo city's letter box."""
        demo_post.put(demo_post.Letter(to=to, channel="sms", code=code, text=text, sent_at=clock.now()))

    def send_notice(self, *, to: str, text: str, reference: str) -> Outcome:
        """Put the message into the demo city's letter box."""
        try:
            self.send(to=to, text=text, code="")
        except Unreachable as fault:
            return Outcome(Fate.LATER, type(fault).__name__)
        return SENT


def sms_gateway() -> SmsGateway | None:
    """Return what carries texts here, or None: then the city refuses telephone numbers at sign-in."""
    return DemoSms() if settings.DEMO else None
