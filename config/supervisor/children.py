"""The programs of the running city: started tied to the supervisor, heard, and ended in order."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from config.supervisor.lock import Lock
from config.supervisor.processes import group_members, send
from config.supervisor.trouble import Trouble

LOG_LIMIT_BYTES = 5_000_000
LONGEST_LINE_BYTES = 1 << 20
AFTER_FORCE_S = 5.0
LOOK_AGAIN_S = 0.01


@dataclass(frozen=True)
class Program:
    """What to run: a command line made by `processes.tied`, and how to end it."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    stop: signal.Signals = signal.SIGTERM
    patience_s: float = 6.0
    force: signal.Signals = signal.SIGKILL
    speaks: bool = True
    """Whether its standard output is for the person; otherwise it goes to the log as well."""


@dataclass(frozen=True)
class Child:
    """A program that runs."""

    program: Program
    process: asyncio.subprocess.Process
    hearing: asyncio.Task[None]

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process.returncode is None


class Children:
    """All programs of one city. What they say on standard output is for the person; the rest goes to their log."""

    def __init__(self, log: Path, lock: Lock, say: Callable[[str], None]) -> None:
        """Hold nothing yet."""
        self._log, self._lock, self._say = log, lock, say
        self.running: list[Child] = []
        self.is_hurried = asyncio.Event()

    def log_of(self, name: str) -> Path:
        """Return the file that a program's standard error goes to."""
        return self._log / f"{name}.log"

    async def start(self, program: Program) -> Child:
        """Start a program in a process group of its own, so that Ctrl-C reaches the supervisor alone."""
        log = self.log_of(program.name)
        if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as error, _heard(program.speaks) as (ear, mouth):
            process = await asyncio.create_subprocess_exec(
                *program.command, cwd=program.folder, env=program.environment, start_new_session=True,
                stdin=asyncio.subprocess.DEVNULL, stdout=error if mouth is None else mouth, stderr=error,
            )  # fmt: skip
        child = Child(program, process, asyncio.create_task(self._hear(ear)))
        self.running.append(child)
        self._lock.remember(process.pid)
        return child

    async def run(self, program: Program) -> None:
        """Run a program to its end.

        :raises Trouble: where it failed, with the last line it wrote.
        """
        self.log_of(program.name).unlink(missing_ok=True)
        child = await self.start(program)
        code = await child.process.wait()
        await child.hearing
        self._forget(child)
        if code != 0:
            raise Trouble(f"{program.name} failed: {self.last_words(program.name)}")

    def last_words(self, name: str) -> str:
        """Return the last line of a program's log and where the rest is."""
        log = self.log_of(name)
        lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
        telling = [line for line in lines if not line.startswith("npm ")] or lines[:1]  # npm's own come after the cause
        last = telling[-1][:300] if telling else "it said nothing"
        if any("No space left on device" in line for line in lines[-30:]):
            last = "the disk is full"
        return f"{last} (all of it: {log})"

    async def stop(self, children: Sequence[Child]) -> None:
        """End programs together. This function will return when they and all that they started are gone."""
        await asyncio.gather(*(self._end(child) for child in children))

    async def _end(self, child: Child) -> None:
        child.hearing.cancel()
        if child.is_running:
            with contextlib.suppress(ProcessLookupError):
                child.process.send_signal(child.program.stop)
            if not await self._ends_within(child, child.program.patience_s):
                with contextlib.suppress(ProcessLookupError):
                    child.process.send_signal(child.program.force)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(child.process.wait(), AFTER_FORCE_S)
        send(child.process.pid, signal.SIGKILL)  # what it started and did not end itself
        await child.process.wait()
        await _gone(child.process.pid)
        self._forget(child)

    async def _ends_within(self, child: Child, patience_s: float) -> bool:
        waiting = [asyncio.create_task(child.process.wait()), asyncio.create_task(self.is_hurried.wait())]
        await asyncio.wait(waiting, timeout=patience_s, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        return not child.is_running

    async def _hear(self, ear: BinaryIO | None) -> None:
        if ear is None:
            return
        reader = asyncio.StreamReader(limit=LONGEST_LINE_BYTES)
        connect = asyncio.get_running_loop().connect_read_pipe
        transport, _protocol = await connect(lambda: asyncio.StreamReaderProtocol(reader), ear)
        try:
            async for line in reader:
                self._say(line.decode(errors="replace").rstrip("\n"))
        finally:
            transport.close()

    def _forget(self, child: Child) -> None:
        if child in self.running:
            self.running.remove(child)
            self._lock.forget(child.process.pid)


async def _gone(group: int) -> None:
    """Wait until nobody of a killed group lives; the kernel takes its moment."""
    for _ in range(int(AFTER_FORCE_S / LOOK_AGAIN_S)):
        if not group_members(group):
            return
        await asyncio.sleep(LOOK_AGAIN_S)


@contextlib.contextmanager
def _heard(speaks: bool) -> Iterator[tuple[BinaryIO | None, int | None]]:  # noqa: FBT001
    """Open a pipe of our own: asyncio's would hide a program's end for as long as anything that it started holds it open."""
    if not speaks:
        yield None, None
        return
    ear, mouth = os.pipe()
    try:
        yield os.fdopen(ear, "rb"), mouth
    finally:
        os.close(mouth)
