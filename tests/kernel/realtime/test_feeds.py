"""A socket gets a snapshot, then events; whatever breaks in between ends in a fresh snapshot or a problem with a code."""

import asyncio
import time

import pytest

from kernel.realtime import check_again, consumers, publish, tickets
from kernel.realtime.envelope import Envelope, event_json
from kernel.realtime.hub import hub
from kernel.realtime.listener import MOST_WAITING
from tests.kernel.realtime.conftest import Person, Socket, draw, socket


async def test_first_the_snapshot_then_the_events(watch, board):
    board.change("rain", 3)
    opened = await watch("toy.board")
    assert await opened.frame() == {
        "feed": "toy.board",
        "snapshot": {"numbers": {"rain": [1, 3]}, "language": "ja", "topic": "board:"},
    }
    board.put("rain", 4)
    assert await opened.frame() == {
        "feed": "toy.board",
        "event": {"type": "number.changed", "data": {"name": "rain", "version": 2, "number": 4}},
    }


async def test_one_socket_carries_several_feeds_each_by_the_name_it_was_asked_for(watch, taro):
    taro.rights.add("depot")
    opened = await watch("toy.board", "toy.board:depot", "toy.board")
    frames = [await opened.frame(), await opened.frame()]
    assert [(frame["feed"], frame["snapshot"]["topic"]) for frame in frames] == [
        ("toy.board", "board:"),
        ("toy.board:depot", "board:depot"),
    ]
    publish("board:depot", "lamp.lit", {"on": True})
    publish("board:", "lamp.lit", {"on": False})
    assert [(await opened.frame())["feed"] for _ in range(2)] == ["toy.board:depot", "toy.board"]


async def test_others_topics_are_not_heard(watch):
    opened = await watch("toy.board")
    await opened.frame()
    publish("board:secret", "x", {})
    publish("board:", "seen", {})
    assert (await opened.frame())["event"]["type"] == "seen"


async def test_what_is_committed_while_the_snapshot_is_read_comes_after_it(watch, board, monkeypatch):
    """Subscribe first, then read: an event told during the reading waits and follows."""
    plain = board.snapshot

    def slow(topic, *, at):
        taken = plain(topic, at=at)
        board.put("rain", 9)
        time.sleep(0.1)
        return taken

    monkeypatch.setattr(board, "snapshot", slow)
    opened = await watch("toy.board")
    assert (await opened.frame())["snapshot"]["numbers"] == {}
    assert (await opened.frame())["event"]["data"]["number"] == 9


async def test_a_ticket_opens_one_socket(taro):
    ticket = draw(taro, "toy.board")
    first = await socket(ticket).open()
    assert "snapshot" in await first.frame()
    second = await socket(ticket).open()
    problem, code = await second.end()
    assert (problem["code"], problem["status"], code) == ("ticket_spent", 401, 4401)
    await first.disconnect()


@pytest.mark.parametrize("ticket", ["", "never-drawn", "%00", "a" * 5000])
async def test_what_is_no_ticket_opens_none(ticket):
    problem, code = await (await socket(ticket).open()).end()
    assert (problem["code"], code) == ("ticket_spent", 4401)


async def test_of_two_sockets_with_one_ticket_at_once_one_opens(taro):
    ticket = draw(taro, "toy.board")
    pair = [await socket(ticket).open(), await socket(ticket).open()]
    first = [await each.frame() for each in pair]
    assert sorted("snapshot" in frame for frame in first) == [False, True]
    for each in pair:
        await each.disconnect()


async def test_a_ticket_is_good_for_thirty_seconds(taro, valkey, monkeypatch):
    draw(taro, "toy.board")
    (place,) = valkey.keys("machi:ticket:*")
    assert 29_000 < valkey.pttl(place) <= 30_000
    monkeypatch.setattr(tickets, "VALID_FOR", tickets.timedelta(milliseconds=20))
    late = draw(taro, "toy.board")
    await asyncio.sleep(0.05)
    assert (await (await socket(late).open()).end())[1] == 4401


async def test_a_ticket_is_kept_as_its_hash(taro, valkey):
    ticket = draw(taro, "toy.board")
    (place,) = valkey.keys("machi:ticket:*")
    assert ticket not in place.decode()
    assert ticket.encode() not in valkey.get(place)


@pytest.mark.parametrize(
    ("headers", "lets_in"),
    [
        ({}, True),
        ({"origin": "http://localhost:8000", "host": "localhost:8000"}, True),
        ({"origin": "http://127.0.0.1:9999", "host": "127.0.0.1:9999"}, True),
        ({"origin": "https://evil.example", "host": "localhost:8000"}, False),
        ({"origin": "https://evil.example", "host": "evil.example"}, False),
        ({"origin": "http://localhost:9999", "host": "localhost:8000"}, False),
        ({"origin": "null", "host": "localhost:8000"}, False),
        ({"origin": "http://localhost:8000.evil.example", "host": "localhost:8000"}, False),
    ],
)
async def test_only_our_own_pages_open_a_socket(taro, headers, lets_in):
    opened = socket(draw(taro, "toy.board"), **headers)
    assert await opened.is_let_in() is lets_in
    await opened.disconnect()


async def test_another_address_under_ws_is_refused():
    opened = Socket("x", [], path="/ws/nowhere")
    assert await opened.is_let_in() is False
    await opened.disconnect()


async def test_a_sign_out_closes_the_socket_at_once(watch, taro, sign_ins):
    opened = await watch("toy.board")
    await opened.frame()
    sign_ins.people.clear()
    check_again(taro.actor)
    problem, code = await opened.end()
    assert (problem["code"], code) == ("not_signed_in", 4401)


async def test_a_person_signed_out_on_one_device_stays_connected_on_the_other(watch, taro, sign_ins, board):
    sign_ins.sign_in("tablet", taro)
    phone = await watch("toy.board")
    tablet = await socket(draw(taro, "toy.board", handle="tablet")).open()
    await phone.frame()
    await tablet.frame()
    del sign_ins.people["taro"]
    check_again(taro.actor)
    assert (await phone.end())[1] == 4401
    board.put("rain", 1)
    assert (await tablet.frame())["event"]["data"]["number"] == 1
    await tablet.disconnect()


async def test_a_role_lost_closes_the_socket_at_once(watch, taro):
    taro.rights.add("depot")
    opened = await watch("toy.board:depot")
    await opened.frame()
    taro.rights.clear()
    check_again(taro.actor)
    assert (await opened.end())[1] == 4403


async def test_a_sign_out_that_nobody_told_is_found_by_the_next_check(watch, sign_ins, monkeypatch):
    monkeypatch.setattr(consumers, "CHECK_AGAIN_S", 0.2)
    monkeypatch.setattr(consumers, "HEARTBEAT_S", 0.05)
    opened = await watch("toy.board")
    await opened.frame()
    sign_ins.people.clear()
    assert (await opened.end())[1] == 4401


async def test_a_lost_right_is_found_by_the_next_check(watch, taro, monkeypatch):
    monkeypatch.setattr(consumers, "CHECK_AGAIN_S", 0.2)
    monkeypatch.setattr(consumers, "HEARTBEAT_S", 0.05)
    taro.rights.add("depot")
    opened = await watch("toy.board", "toy.board:depot")
    await opened.frame()
    await opened.frame()
    taro.rights.clear()
    problem, code = await opened.end()
    assert (problem["code"], code) == ("not_allowed", 4403)


async def test_a_right_lost_between_ticket_and_socket_shows_nothing(taro, board):
    taro.rights.add("depot")
    ticket = draw(taro, "toy.board:depot")
    taro.rights.clear()
    opened = await socket(ticket).open()
    assert (await opened.end())[1] == 4403
    assert board.readings == 0


async def test_a_socket_that_does_not_keep_up_is_closed_and_may_come_back(watch):
    opened = await watch("toy.board")
    await opened.frame()
    for number in range(MOST_WAITING + 1):
        hub().hear(Envelope("board:", event_json("n", number)))
    problem, code = await opened.end()
    assert (problem["code"], code) == ("too_slow", 4408)
    again = await watch("toy.board")
    assert "snapshot" in await again.frame()


async def test_a_socket_that_takes_nothing_is_closed(taro, monkeypatch):
    monkeypatch.setattr(consumers, "STUCK_S", 0.05)
    opened, sent = Socket(draw(taro, "toy.board"), []), []

    async def send(message):
        sent.append(message)
        if message["type"] == "websocket.send":
            await asyncio.Event().wait()

    async def receive():
        return {"type": "websocket.connect"} if not sent else await asyncio.Event().wait()

    async with asyncio.timeout(10):
        await consumers.feeds(opened.scope, receive, send)
    assert [message["type"] for message in sent] == [
        "websocket.accept",
        "websocket.send",
        "websocket.send",
        "websocket.close",
    ]
    assert "problem" in sent[2]["text"]  # in vain as well
    assert sent[3]["code"] == 4408


async def test_nobody_waits_in_receive_when_the_server_closes():
    """Granian holds the close frame back until a waiting receive has returned."""
    waiting, sent = [], []

    async def receive():
        if not sent:
            return {"type": "websocket.connect"}
        waiting.append(True)
        try:
            return await asyncio.Event().wait()
        finally:
            waiting.pop()

    async def send(message):
        sent.append((message["type"], message.get("code"), len(waiting)))

    await consumers.feeds(Socket("spent", []).scope, receive, send)
    assert sent[-1] == ("websocket.close", 4401, 0)


@pytest.mark.parametrize("fault", [RuntimeError("Transport closed"), ConnectionResetError()])
async def test_a_socket_whose_other_side_is_gone_ends_quietly(taro, fault, caplog):
    sent = []

    async def send(message):
        sent.append(message["type"])
        if message["type"] == "websocket.send":
            raise fault

    async def receive():
        return {"type": "websocket.connect"} if not sent else await asyncio.Event().wait()

    await consumers.feeds(Socket(draw(taro, "toy.board"), []).scope, receive, send)
    assert sent == ["websocket.accept", "websocket.send"]
    assert caplog.records == []
    assert hub().sockets == 0


async def test_a_quiet_socket_hears_a_heartbeat(watch, monkeypatch):
    monkeypatch.setattr(consumers, "HEARTBEAT_S", 0.05)
    opened = await watch("toy.board")
    await opened.frame()
    assert set((await opened.frame())["heartbeat"]) == {"at"}


async def test_what_the_browser_says_is_not_listened_to(watch, board):
    opened = await watch("toy.board")
    await opened.frame()
    await opened.say(text="{" * 1000)
    await opened.say(bytes=b"\xff")
    board.put("rain", 1)
    assert (await opened.frame())["event"]["data"]["number"] == 1


async def test_snapshots_and_problems_speak_the_persons_language(sign_ins):
    sign_ins.sign_in("john", Person("en"))
    opened = await socket(draw(sign_ins.people["john"], "toy.board", handle="john")).open()
    assert (await opened.frame())["snapshot"]["language"] == "en"
    await opened.disconnect()


async def test_a_bug_closes_the_socket_and_tells_nothing(watch, board):
    board.fault = ZeroDivisionError("secret")
    opened = await watch("toy.board")
    assert await opened.end() == (None, 1011)
