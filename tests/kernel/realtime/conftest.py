"""A toy town's live feeds: people signed in, a board of numbers that changes, and sockets that watch it."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.routing import URLRouter
from django.conf import settings
from django.utils import translation

from kernel import clock, contributions
from kernel.contributions import Contributions
from kernel.ids import new_id
from kernel.problems import NotAllowed
from kernel.realtime import publish, tickets
from kernel.realtime.publishing import Publisher, _publishers
from kernel.realtime.routing import websocket_urlpatterns

ROUTES = URLRouter(websocket_urlpatterns)


class Person:
    account_level = authentication_level = 1
    scopes = None

    def __init__(self, language: str = "ja", *rights: str) -> None:
        self.actor = self.subject = new_id()
        self.language = language
        self.rights = set(rights)

    def may(self, right, within=None):
        return right in self.rights


class Board:
    """Numbers by name, each with a version: ``toy.board`` is everybody's, ``toy.board:secret`` needs a right."""

    name = "toy.board"

    def __init__(self) -> None:
        self.numbers: dict[str, tuple[int, int]] = {}
        self.lock = threading.Lock()
        self.readings = 0
        self.fault: Exception | None = None

    def topic(self, principal, argument):
        if argument and argument not in principal.rights:
            raise NotAllowed
        return f"board:{argument}"

    def snapshot(self, topic, *, at):
        self.readings += 1
        if self.fault:
            raise self.fault
        with self.lock:
            return {"numbers": dict(self.numbers), "language": translation.get_language(), "topic": topic}

    def change(self, name: str, number: int) -> dict[str, Any]:
        """Commit a change and return what is to be told."""
        with self.lock:
            version = self.numbers.get(name, (0, 0))[0] + 1
            self.numbers[name] = (version, number)
            return {"name": name, "version": version, "number": number}

    def put(self, name: str, number: int) -> None:
        publish("board:", "number.changed", self.change(name, number))


class TouchedBoard(Board):
    """The same, but the act says only which name was touched."""

    name = "toy.touched"

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def events(self, topic, mark, *, at):
        self.asked.append(mark)
        if self.fault:
            raise self.fault
        with self.lock:
            version, number = self.numbers[mark]
        yield "number.changed", {"name": mark, "version": version, "number": number}


@dataclass
class SignIns:
    people: dict[str, Person] = field(default_factory=dict)

    def handle(self, request, auth):
        return next(handle for handle, person in self.people.items() if person is request.user.principal)

    def principal(self, handle):
        return self.people.get(handle)

    def sign_in(self, handle: str, person: Person) -> Person:
        self.people[handle] = person
        return person


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def touched() -> TouchedBoard:
    return TouchedBoard()


@pytest.fixture
def sign_ins() -> SignIns:
    return SignIns()


@pytest.fixture(autouse=True)
def taro(valkey, monkeypatch, board, touched, sign_ins) -> Person:
    """Taro is signed in, and the toy's feeds are the only ones."""
    toy = Contributions(feeds=(board, touched), sign_ins=sign_ins)
    monkeypatch.setattr(contributions, "_registry", {"toy": toy})
    _publishers[settings.REDIS_URL] = Publisher(settings.REDIS_URL)
    return sign_ins.sign_in("taro", Person())


class Socket(ApplicationCommunicator):
    """A browser's end of the socket."""

    def __init__(self, ticket: str, headers: list[tuple[bytes, bytes]], path: str = "/ws/feeds") -> None:
        query = f"ticket={ticket}".encode()
        scope = {"type": "websocket", "path": path, "query_string": query, "headers": headers, "subprotocols": []}
        super().__init__(ROUTES, scope)

    async def is_let_in(self) -> bool:
        await self.send_input({"type": "websocket.connect"})
        return (await self.receive_output(10))["type"] == "websocket.accept"

    async def open(self) -> "Socket":
        assert await self.is_let_in()
        return self

    async def say(self, **message: Any) -> None:
        await self.send_input({"type": "websocket.receive", **message})

    async def disconnect(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(10)

    async def frame(self) -> dict[str, Any]:
        return json.loads((await self.receive_output(10))["text"])

    async def end(self) -> tuple[dict[str, Any] | None, int]:
        """The problem that was told, if any, and the code with which the socket closed."""
        problem = None
        while True:
            output = await self.receive_output(10)
            if output["type"] == "websocket.close":
                return problem, output["code"]
            problem = json.loads(output["text"]).get("problem")

    def heard(self) -> list[dict[str, Any]]:
        """What has arrived until now."""
        frames = []
        while not self.output_queue.empty():
            frames.append(json.loads(self.output_queue.get_nowait()["text"]))
        return frames


def draw(person: Person, *feeds: str, handle: str = "taro") -> str:
    return tickets.draw(person, handle, list(feeds), at=clock.now()).ticket


def socket(ticket: str, **headers: str) -> Socket:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Socket(ticket, raw)


@pytest.fixture
async def watch(taro) -> AsyncIterator[Callable[..., Any]]:
    """Open a socket for Taro; all are closed in the end."""
    opened: list[Socket] = []

    async def open_one(*feeds: str) -> Socket:
        opened.append(await socket(draw(taro, *feeds)).open())
        return opened[-1]

    yield open_one
    for each in opened:
        await each.disconnect()


async def until(has_come: Callable[[], bool], patience_s: float = 10) -> None:
    async with asyncio.timeout(patience_s):
        while not has_come():  # noqa: ASYNC110 - what is waited for happens in Redis
            await asyncio.sleep(0.01)
