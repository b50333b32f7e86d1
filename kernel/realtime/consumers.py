"""The socket at ``/ws/feeds``: ticket, snapshots, then events; the protocol stands in docs/realtime.md."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, cast
from urllib.parse import parse_qs

import msgspec
import structlog
from django.utils import translation

from kernel import clock, contributions
from kernel.problems import DomainError, _, render
from kernel.realtime import tickets
from kernel.realtime.hub import hub
from kernel.realtime.listener import Listener
from kernel.realtime.origin import header, is_ours
from kernel.realtime.reading import in_thread
from kernel.realtime.tickets import LiveUpdatesAway, Ticket
from kernel.web.language import language_of

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

HEARTBEAT_S = 25.0
CHECK_AGAIN_S = 60.0
STUCK_S = 20.0
SERVER_FAULT = 1011

_log = structlog.get_logger(__name__)


class TooSlow(DomainError):
    """The socket did not keep up with its events; connect again for a fresh snapshot."""

    code = "too_slow"
    status = 408
    title = _("通信が混み合っています。接続し直します。")


class Gone(Exception):
    """The other side is no longer there."""


async def feeds(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one socket (an ASGI application): our own pages are let in, then a task reads and sends until either side ends.

    Nobody may be waiting in ``receive`` when the server closes: granian holds the close frame back until that returns.
    """
    await receive()
    if not is_ours(scope):
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    life = asyncio.create_task(Socket(scope, send).live())
    deaf = asyncio.create_task(_until_disconnect(receive))
    try:
        await asyncio.wait({life, deaf}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        deaf.cancel()
        life.cancel()
        has_left, code = await asyncio.gather(deaf, life, return_exceptions=True)
    if isinstance(has_left, asyncio.CancelledError) and isinstance(code, int):
        with suppress(RuntimeError, OSError):  # gone meanwhile
            await send({"type": "websocket.close", "code": code})


async def _until_disconnect(receive: Receive) -> None:
    """Listen to nothing that the browser says but its leaving."""
    while (await receive())["type"] != "websocket.disconnect":
        pass


class Socket:
    """The server's end of one socket."""

    def __init__(self, scope: Scope, send: Send) -> None:
        """Take the handshake's ticket and language."""
        self._send_to_server = send
        self._given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("ticket", [""])[0]
        self._language = language_of(header(scope, b"accept-language"))

    async def live(self) -> int | None:
        """Follow the feeds until something ends that; return the code to close with, None where nobody is there any more."""
        try:
            await self._follow(await self._opened())
        except DomainError as refusal:
            return await self._refuse(refusal)
        except TimeoutError:
            return await self._refuse(LiveUpdatesAway(retry_after=5))
        except Gone:
            return None
        except Exception:  # noqa: BLE001 - a bug of ours: the socket ends, the log says why
            _log.exception("feed_failed")
            return SERVER_FAULT
        return None

    async def _opened(self) -> Ticket:
        ticket = await in_thread(lambda: tickets.redeem(self._given))
        self._language = (await in_thread(lambda: tickets.principal_behind(ticket))).language
        return ticket

    async def _follow(self, ticket: Ticket) -> None:
        """Subscribe first, then read: whatever is committed meanwhile waits in the listener's queue."""
        listener = Listener(ticket)
        checked_at = time.monotonic()
        try:
            await hub().join(listener)
            while True:
                if listener.is_too_slow:
                    raise TooSlow
                is_due = listener.wants_check or time.monotonic() - checked_at > CHECK_AGAIN_S
                if listener.wants_snapshot or is_due:
                    await self._check_and_read(ticket, listener)
                    checked_at = time.monotonic() - random.uniform(0, CHECK_AGAIN_S / 4)  # noqa: S311 - spreads the checks
                elif (frame := listener.next_frame()) is not None:
                    await self._send(frame)
                elif not await listener.wait(HEARTBEAT_S):
                    await self._send(_json({"heartbeat": {"at": clock.now()}}))
        finally:
            await hub().leave(listener)

    async def _check_and_read(self, ticket: Ticket, listener: Listener) -> None:
        """Ask again whether the person may hear all this, and read snapshots where they are wanted."""
        wants, listener.wants_snapshot, listener.wants_check = listener.wants_snapshot, False, False
        for frame in await in_thread(lambda: _frames(ticket, with_snapshots=wants)):
            await self._send(frame)

    async def _send(self, frame: str) -> None:
        try:
            async with asyncio.timeout(STUCK_S):
                await self._send_to_server({"type": "websocket.send", "text": frame})
        except TimeoutError:
            raise TooSlow from None
        except (RuntimeError, OSError):  # granian's and other servers' word for it
            raise Gone from None

    async def _refuse(self, refusal: DomainError) -> int:
        """Say why, and return the code to close with."""
        with translation.override(self._language):
            problem = render(refusal)
        with suppress(TooSlow, Gone):
            await self._send(_json({"problem": problem}))
        return 4000 + refusal.status


def _frames(ticket: Ticket, *, with_snapshots: bool) -> list[str]:
    """Check the sign-in and every feed again; return the snapshots, in the person's language.

    :raises DomainError: where the person may not hear all of it any more.
    """
    principal = tickets.principal_behind(ticket)
    frames = []
    with translation.override(principal.language):
        for subscription in ticket.subscriptions:
            now_means = tickets.authorise(principal, subscription.asked)
            if now_means != subscription:
                raise tickets.TicketSpent
            if with_snapshots:
                feed = contributions.feed_named(subscription.asked.partition(":")[0])
                snapshot = cast("contributions.Feed", feed).snapshot(subscription.topic, at=clock.now())
                frames.append(_json({"feed": subscription.asked, "snapshot": snapshot}))
    return frames


def _json(document: dict[str, Any]) -> str:
    return msgspec.json.encode(document).decode()
