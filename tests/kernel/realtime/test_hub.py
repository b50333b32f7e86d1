"""One subscription for all sockets of a process; what was lost is made good, what was touched is read once."""

import socket as socketlib
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings

from kernel.ids import new_id
from kernel.realtime import publish, touch
from kernel.realtime.envelope import Envelope, channel, event_json
from kernel.realtime.hub import Hub, hub
from kernel.realtime.listener import Listener
from kernel.realtime.publishing import Line, publisher
from kernel.realtime.tickets import Subscription, Ticket
from tests.kernel.realtime.conftest import draw, socket, until


async def test_a_broken_subscription_ends_in_fresh_snapshots(watch, board, valkey):
    opened = await watch("toy.board")
    await opened.frame()
    board.change("rain", 7)  # and the word of it is lost
    valkey.client_kill_filter(_type="pubsub")
    frame = await opened.frame()
    assert frame["snapshot"]["numbers"] == {"rain": [1, 7]}
    board.put("rain", 8)
    assert (await opened.frame())["event"]["data"]["number"] == 8


async def test_after_words_that_could_not_be_sent_everyone_reads_afresh(watch, board, monkeypatch):
    opened = await watch("toy.board")
    await opened.frame()
    telling, line = publisher(), publisher()._line
    telling._line = Line("redis://127.0.0.1:1/0")
    board.put("rain", 5)
    telling._line, telling._silent_until = line, 0.0
    publish("board:elsewhere", "x", {})
    assert (await opened.frame())["snapshot"]["numbers"] == {"rain": [1, 5]}


async def test_a_line_that_redis_closed_is_replaced_before_anything_is_lost(watch, board, valkey):
    opened = await watch("toy.board")
    await opened.frame()
    board.put("rain", 5)
    await opened.frame()
    valkey.client_kill_filter(_type="normal", skipme=True)
    board.put("rain", 6)
    assert (await opened.frame())["event"]["data"]["number"] == 6


def test_redis_is_told_and_never_answers(valkey):
    listening = valkey.pubsub()
    listening.subscribe(channel())
    line = Line(settings.REDIS_URL)
    for number in range(5000):
        line.say(b"%d" % number)
    told = (message["data"] for message in listening.listen() if message["type"] == "message")
    assert [next(told) for _ in range(5000)] == [b"%d" % number for number in range(5000)]
    assert not line._connection.can_read()
    listening.close()


def test_threads_share_the_line(valkey):
    listening = valkey.pubsub()
    listening.subscribe(channel())
    line = Line(settings.REDIS_URL)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: line.say(b"%d" % number), range(2000)))
    told = (message["data"] for message in listening.listen() if message["type"] == "message")
    assert {next(told) for _ in range(2000)} == {b"%d" % number for number in range(2000)}
    listening.close()


def test_telling_never_raises_and_never_waits_for_a_redis_that_is_away(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    began = time.monotonic()
    for _ in range(1000):
        publish("board:", "x", {})
    assert time.monotonic() - began < 1


def test_a_redis_that_hangs_holds_nobody_up_for_long(settings):
    with socketlib.create_server(("127.0.0.1", 0), backlog=64) as silent, ThreadPoolExecutor(16) as threads:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        began = time.monotonic()
        list(threads.map(lambda _number: publish("board:", "x", {}), range(64)))
        assert time.monotonic() - began < 1


async def test_without_redis_the_socket_says_so(taro, settings, monkeypatch):
    ticket = draw(taro, "toy.board")
    monkeypatch.setattr(sys.modules[Hub.__module__], "LONGEST_PAUSE_S", 0.2)
    monkeypatch.setattr(hub(), "_url", "redis://127.0.0.1:1/0")
    opened = await socket(ticket).open()
    problem, code = await opened.end()
    assert (problem["code"], problem["retry_after"], code) == ("live_updates_away", 5, 4503)
    await opened.disconnect()


async def test_a_process_has_one_subscription_for_all_its_sockets_and_none_for_none(watch, board, valkey):
    opened = [await watch("toy.board") for _ in range(20)]
    for each in opened:
        await each.frame()
    assert (valkey.pubsub_numsub(channel()), hub().sockets) == ([(channel().encode(), 1)], 20)
    board.put("rain", 1)
    for each in opened:
        assert (await each.frame())["event"]["data"]["number"] == 1
        await each.disconnect()
    await until(lambda: valkey.pubsub_numsub(channel())[0][1] == 0)
    assert hub().sockets == 0
    again = await watch("toy.board")
    assert "snapshot" in await again.frame()


async def test_a_touch_is_read_once_for_all_sockets_of_a_process(watch, touched):
    opened = [await watch("toy.touched") for _ in range(5)]
    for each in opened:
        await each.frame()
    touched.change("rain", 4)
    touch({"board:": "rain", "board:nobody": "rain"})
    for each in opened:
        frame = await each.frame()
        assert frame == {
            "feed": "toy.touched",
            "event": {"type": "number.changed", "data": {"name": "rain", "version": 1, "number": 4}},
        }
    assert touched.asked == ["rain"]


async def test_a_crowd_of_touches_becomes_one_snapshot(watch, touched):
    opened = await watch("toy.touched")
    await opened.frame()
    for number in range(400):
        touched.change(f"n{number}", number)
        touch({"board:": f"n{number}"})
    seen: dict = {}
    while seen.get("n399") != [1, 399]:
        frame = await opened.frame()
        seen |= (
            frame["snapshot"]["numbers"]
            if "snapshot" in frame
            else {(data := frame["event"]["data"])["name"]: [data["version"], data["number"]]}
        )
    assert len(touched.asked) < 400


async def test_a_touch_that_cannot_be_read_becomes_a_snapshot(watch, touched, board):
    opened = await watch("toy.touched")
    await opened.frame()
    touch({"board:": "unknown name"})
    assert "snapshot" in await opened.frame()
    plain = await watch("toy.board")  # a feed that knows no touches
    await plain.frame()
    await opened.disconnect()
    touch({"board:": "rain"})
    assert "snapshot" in await plain.frame()


@pytest.mark.slow  # a thousand sockets' ends
async def test_an_event_for_a_thousand_sockets_costs_milliseconds(taro):
    listeners = [
        Listener(Ticket(f"sign-in {number}", new_id(), [Subscription("toy.board", "board:")])) for number in range(1000)
    ]
    for listener in listeners:
        await hub().join(listener)
    event = Envelope("board:", event_json("number.changed", {"name": "rain", "version": 1, "number": 4}))
    began = time.thread_time()  # what it costs, whatever else the machine is at
    for _ in range(100):
        hub().hear(event)
    cost_ms = (time.thread_time() - began) * 10
    assert all(sum(1 for _ in iter(listener.next_frame, None)) == 100 for listener in listeners)
    for listener in listeners:
        await hub().leave(listener)
    assert cost_ms < 20  # about 1 ms on an idle machine
