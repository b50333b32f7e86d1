"""What waits for one socket: a short queue of frames, and the wishes that overtake it."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from kernel.realtime.envelope import PERSON_TOPIC, Envelope
from kernel.realtime.tickets import Ticket

MOST_WAITING = 256


class Listener:
    """The hub's side of one socket. Everything here runs on the event loop and never waits.

    A socket that does not keep up loses its queue and is closed: it comes back and gets a fresh snapshot.
    """

    def __init__(self, ticket: Ticket) -> None:
        """Watch the ticket's topics, and what happens to the rights of the person behind it."""
        self._names: dict[str, list[str]] = defaultdict(list)
        for subscription in ticket.subscriptions:
            self._names[subscription.topic].append(subscription.asked)
        self._names[f"{PERSON_TOPIC}{ticket.actor}"] = []
        self._frames: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)
        self._woken = asyncio.Event()
        self.wants_snapshot = True
        self.wants_check = False
        self.is_too_slow = False

    @property
    def topics(self) -> Iterable[str]:
        """Every topic to be heard."""
        return self._names.keys()

    def asked_for(self, topic: str) -> str:
        """Return by which name the topic was asked for."""
        return self._names[topic][0]

    def offer(self, envelope: Envelope, frames: dict[str, str]) -> None:
        """Queue an event; ``frames`` shares the text among the sockets that asked by the same name."""
        for name in self._names[envelope.topic]:
            frame = frames.get(name)
            if frame is None:
                frame = frames[name] = (
                    b'{"feed":' + msgspec.json.encode(name) + b',"event":' + envelope.event + b"}"
                ).decode()
            if self._frames.full():
                self.is_too_slow = True
                self._forget()
            elif not self.is_too_slow:
                self._frames.put_nowait(frame)
        self._woken.set()

    def ask_snapshot(self) -> None:
        """Let the socket read everything afresh: events may have been lost."""
        self.wants_snapshot = True
        self._woken.set()

    def ask_check(self) -> None:
        """Let the socket ask again what its person may hear."""
        self.wants_check = True
        self._woken.set()

    def next_frame(self) -> str | None:
        """Return the next frame, if one waits."""
        return None if self._frames.empty() else self._frames.get_nowait()

    async def wait(self, seconds: float) -> bool:
        """Wait until something is to be done; False when nothing was for so long."""
        if self._frames.empty() and not self._has_wishes:
            self._woken.clear()
            try:
                await asyncio.wait_for(self._woken.wait(), seconds)
            except TimeoutError:
                return False
        return True

    @property
    def _has_wishes(self) -> bool:
        return self.wants_snapshot or self.wants_check or self.is_too_slow

    def _forget(self) -> None:
        while not self._frames.empty():
            self._frames.get_nowait()
