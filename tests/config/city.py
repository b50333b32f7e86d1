"""A city started for a test as a person starts it: `manage.py up`, or `make run`, in a process group of its own."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from tests.places import ROOT

PYTHON = str(ROOT / ".venv" / "bin" / "python")
UP = (PYTHON, "manage.py", "up")
ADDRESS = re.compile(r"https?://(?:127\.0\.0\.1|localhost)[:0-9]*")
OPEN_WITHIN_S = 150
NOT_INHERITED = ("DATABASE_", "REDIS_URL", "MACHI_", "DJANGO_", "MAKE", "MFLAGS", "PYTEST_")


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def plain_environment(**more: str) -> dict[str, str]:
    """Return the environment of a person who has set nothing, and `more`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
    return kept | more


class RunningCity:
    """One `manage.py up`."""

    def __init__(self, home: Path, port: int, command: tuple[str, ...] = UP, **more: str) -> None:
        self.home, self.port = home, port
        self.output = home.with_name(f"{home.name}.log")
        self.environment = plain_environment(MACHI_HOME=str(home), MACHI_PORT=str(port), **more)
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, start_new_session=True, stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip

    @property
    def said(self) -> str:
        """What it has printed."""
        return self.output.read_text()

    @property
    def addresses(self) -> dict[str, str]:
        """The environment that it tells other commands."""
        return json.loads((self.home / "running.json").read_text())

    def wait_until_open(self) -> None:
        """Wait for the address and visit it."""
        deadline = time.monotonic() + OPEN_WITHIN_S
        while "Ctrl-C ends it" not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)
        first = ADDRESS.search(self.said)
        assert first, self.said
        assert httpx.get(f"{first[0]}/readyz", timeout=10).status_code == 200

    def send(self, number: signal.Signals) -> None:
        """Send a signal as the terminal does: to the whole group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def wait_until_gone(self, within_s: float) -> None:
        """Wait until no process is left that ever belonged to this city."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(within_s)
        deadline = time.monotonic() + within_s
        while left := processes_of(self.home):
            assert time.monotonic() < deadline, f"left behind: {left}\n{self.said}"
            time.sleep(0.1)


def processes_of(home: Path) -> list[str]:
    """Return the command lines of all live processes that stand in the city's home or were told of it."""
    marks = (f"MACHI_HOME={home}".encode(), os.fsencode(home))
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with suppress(OSError):
            told, line = (entry / "environ").read_bytes(), (entry / "cmdline").read_bytes()
            stands = os.fsencode((entry / "cwd").readlink())
            if line and (marks[0] in told or marks[1] in line or stands.startswith(marks[1])):
                found.append(line.replace(b"\0", b" ").decode(errors="replace")[:120])
    return found


@contextmanager
def fresh_home() -> Iterator[Path]:
    """Give a home that does not exist yet and is gone afterwards, where the database's user can come.

    pytest's own folders are closed to others, so for root the database would be kept outside them and stay.
    """
    folder = Path(tempfile.mkdtemp(prefix="machi-city-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder / "home"
    finally:
        shutil.rmtree(folder)


@contextmanager
def city(home: Path, command: tuple[str, ...] = UP, port: int | None = None, **more: str) -> Iterator[RunningCity]:
    """Start a city; whatever the test does with it, nothing of it lives afterwards."""
    running = RunningCity(home, port or free_port(), command, **more)
    try:
        yield running
    finally:
        running.send(signal.SIGKILL)
        running.process.wait(10)
        running.wait_until_gone(20)


def refusal(home: Path, command: tuple[str, ...] = UP, **more: str) -> tuple[int, str]:
    """Run a city that cannot start; return its exit code and all that it said."""
    variables = {"MACHI_HOME": str(home), "MACHI_PORT": str(free_port())} | more
    done = subprocess.run(
        command, cwd=ROOT, env=plain_environment(**variables), text=True, timeout=60, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode, done.stdout
