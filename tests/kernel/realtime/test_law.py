"""The law of every live feed: an old snapshot and the events after it give the fresh snapshot."""

import asyncio
import random

import pytest

from kernel.realtime import publish, touch
from tests.kernel.realtime.conftest import Socket


class Reader:
    """A phone: it takes snapshots whole, and an event where its version is higher."""

    def __init__(self, socket: Socket) -> None:
        self.socket = socket
        self.numbers: dict[str, list[int]] = {}
        self.snapshots = 0

    def take(self) -> None:
        for frame in self.socket.heard():
            if "snapshot" in frame:
                self.numbers = frame["snapshot"]["numbers"]
                self.snapshots += 1
            else:
                data = frame["event"]["data"]
                if data["version"] > self.numbers.get(data["name"], [0])[0]:
                    self.numbers[data["name"]] = [data["version"], data["number"]]


async def change_at_random(board, dice: random.Random, how: str) -> None:
    """Commit, and tell a little later: later changes may be told before earlier ones, and some twice."""
    for _ in range(120):
        name = dice.choice(["rain", "wind", "river"])
        told = board.change(name, dice.randrange(1000))
        await asyncio.sleep(dice.random() / 500)
        for _ in range(dice.choice([1, 1, 1, 2])):
            if how == "publish":
                await asyncio.to_thread(publish, "board:", "number.changed", told)
            else:
                await asyncio.to_thread(touch, {"board:": name})


@pytest.mark.slow  # a second of races for each seed
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("how", "feed"), [("publish", "toy.board"), ("touch", "toy.touched")])
async def test_snapshot_and_events_give_the_fresh_snapshot(watch, board, touched, valkey, seed, how, feed):
    dice = random.Random(seed)
    truth = board if how == "publish" else touched
    readers: list[Reader] = []

    async def come_and_break() -> None:
        for _ in range(5):
            readers.append(Reader(await watch(feed)))
            await asyncio.sleep(dice.random() / 20)
            if dice.random() < 0.3:
                valkey.client_kill_filter(_type="pubsub")

    writers = [change_at_random(truth, random.Random(seed * 10 + number), how) for number in range(4)]
    await asyncio.gather(come_and_break(), *writers)
    valkey.client_kill_filter(_type="pubsub")
    truth.put("last", seed)  # the last word of all is lost: nothing later makes good for it
    fresh = {name: list(pair) for name, pair in truth.numbers.items()}
    for _ in range(500):
        for reader in readers:
            reader.take()
        if all(reader.numbers == fresh for reader in readers):
            break
        await asyncio.sleep(0.02)
    assert [reader.numbers for reader in readers] == [fresh] * 5
    assert all(reader.snapshots >= 1 for reader in readers)
