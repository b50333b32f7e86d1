"""A load of bounded count and time over real HTTP/1.1 on loopback, and the CPU that it costs the servers."""

import asyncio
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

Make = Callable[[int, int], bytes]
"""(client, turn) → one whole HTTP request."""

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Load:
    """What a load found: latencies in seconds of the requests answered as expected, and the count of other answers."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    other: dict[int, int] = field(default_factory=dict)
    example: bytes = b""

    @property
    def per_s(self) -> float:
        """Requests answered as expected per second."""
        return len(self.latencies) / self.seconds

    def percentile_ms(self, share: float) -> float:
        """The latency (ms) that ``share`` of the requests did not exceed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def request(method: str, path: str, body: bytes, **headers: str) -> bytes:
    """Write one request; underscores in header names become hyphens."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Length: {len(body)}",
        "Content-Type: application/json",
    ]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def hammer(port: int, make: Make, *, clients: int, seconds: float, expect: int = 201) -> Load:
    """Send requests from ``clients`` connections, each waiting for its answer, for ``seconds``."""
    load = Load()

    async def client(number: int, until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        turn = 0
        while time.perf_counter() < until:
            message = make(number, turn)
            turn += 1
            began = time.perf_counter()
            writer.write(message)
            status, body = await _answer(reader)
            if status == expect:
                load.latencies.append(time.perf_counter() - began)
            else:
                load.other[status] = load.other.get(status, 0) + 1
                load.example = load.example or body
        writer.close()

    async def all_clients() -> None:
        began = time.perf_counter()
        await asyncio.gather(*(client(number, began + seconds) for number in range(clients)))
        load.seconds = time.perf_counter() - began

    asyncio.run(all_clients())
    return load


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    return status, await reader.readexactly(length)


def cpu_seconds(roots: Iterable[int]) -> float:
    """Return the CPU time spent so far by these processes and all below them, ended children included."""
    children: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        pid = int(stat.parent.name)
        children.setdefault(int(fields[1]), []).append(pid)
        spent[pid] = sum(int(ticks) for ticks in fields[11:15]) / TICKS
    total, waiting = 0.0, list(roots)
    while waiting:
        pid = waiting.pop()
        total += spent.get(pid, 0.0)
        waiting += children.get(pid, [])
    return total
