"""LINE: a text by the city's official account (Messaging API, push), or, in a demo city, into its letter box."""

import http.client
import json
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from accounts.gateways import demo_post
from accounts.gateways.outcome import SENT, Fate, Outcome
from accounts.gateways.store import Unreachable
from kernel import clock

TIMEOUT_S = 10
MOST_SIGNS = 5_000  # of a text message


class LineGateway(Protocol):
    """Whatever can bring a text to somebody's LINE."""

    def send(self, *, to: str, text: str, reference: UUID) -> Outcome:
        """Bring one text; the same ``reference`` twice is one message to its reader."""
        ...


class MessagingApi:
    """LINE's own service. The retry key makes a second try harmless: it answers 409 where it took the first."""

    def send(self, *, to: str, text: str, reference: UUID) -> Outcome:
        """Push one text message."""
        place = urlsplit(settings.LINE_API)
        connect = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
        connection = connect(place.hostname or "", place.port, timeout=TIMEOUT_S)
        body = json.dumps({"to": to, "messages": [{"type": "text", "text": text[:MOST_SIGNS]}]})
        headers = {
            "Authorization": f"Bearer {settings.LINE_TOKEN}",
            "Content-Type": "application/json",
            "X-Line-Retry-Key": str(reference),
        }
        try:
            connection.connect()
        except OSError as fault:
            return Outcome(Fate.LATER, type(fault).__name__)
        try:
            connection.request("POST", "/v2/bot/message/push", body, headers)
            return _outcome(connection.getresponse().status)
        except (OSError, http.client.HTTPException) as fault:
            return Outcome(Fate.UNKNOWN, type(fault).__name__)
        finally:
            connection.close()


def _outcome(status: int) -> Outcome:
    if status in (HTTPStatus.OK, HTTPStatus.CONFLICT):
        return SENT
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome(Fate.LATER, str(status))
    return Outcome(Fate.REFUSED, str(status))


class DemoLine:
    """The demo city's twin: the same text, readable by whoever tries the city out."""

    def send(self, *, to: str, text: str, reference: UUID) -> Outcome:
        """Put the text into the demo city's letter box."""
        try:
            demo_post.put(demo_post.Letter(to=to, channel="line", code="", text=text, sent_at=clock.now()))
        except Unreachable as fault:
            return Outcome(Fate.LATER, type(fault).__name__)
        return SENT


def line_gateway() -> LineGateway | None:
    """Return what carries LINE messages here, or None."""
    if settings.LINE_TOKEN:
        return MessagingApi()
    return DemoLine() if settings.DEMO else None


def demo_recipient(resident_id: UUID) -> str | None:
    """Return a made-up key at LINE, in the form of a real one; None where LINE is real or missing."""
    return f"U{resident_id.hex}" if isinstance(line_gateway(), DemoLine) else None
