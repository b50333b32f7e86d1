"""The embedded PostgreSQL: one data folder, one socket folder, no port."""

import locale
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from config.supervisor.engine import Engine
from config.supervisor.processes import Identity, tied, working_in
from config.supervisor.trouble import Trouble

SUPERUSER = "postgres"
FAST_SHUTDOWN = signal.SIGINT
IMMEDIATE_SHUTDOWN = signal.SIGQUIT


@dataclass(frozen=True)
class Cluster:
    """One embedded PostgreSQL server, which listens on a socket in a closed folder and on no network."""

    engine: Engine
    data: Path
    sockets: Path
    identity: Identity
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        """Whether the data folder has been made."""
        return (self.data / "PG_VERSION").exists()

    def initialise(self, password: str | None = None, *options: str) -> None:
        """Make the data folder, in UTF-8 and C.UTF-8; this function will leave nothing behind if it fails.

        Without a password everyone who can open the socket is trusted.

        :raises Trouble: with what initdb said last.
        """
        half = self.data.with_name(f"{self.data.name}.half")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700, parents=True)
        self.identity.own(half)
        command = [self.engine.program("initdb"), "-D", str(half), "-U", SUPERUSER, "--encoding=UTF8", *_locale()]
        secret = self.data.with_name(f"{self.data.name}.pw")
        try:
            if password is None:
                command += ["--auth=trust"]
            else:
                _write_for(self.identity, secret, password)
                command += ["--auth=scram-sha-256", f"--pwfile={secret}"]
            done = subprocess.run(
                tied([*command, *options], death_signal=signal.SIGKILL, identity=self.identity),
                capture_output=True, text=True, check=False, cwd="/", env=plain_environment(),
            )  # fmt: skip
        finally:
            secret.unlink(missing_ok=True)
        if done.returncode != 0:
            shutil.rmtree(half, ignore_errors=True)
            raise Trouble(f"PostgreSQL could not make its data folder: {last_line(done.stderr)}")
        half.rename(self.data)

    def command(self) -> list[str]:
        """Return the command line of the server, tied to the calling thread's life."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "random_page_cost": "1.1",  # solid-state disks; otherwise small tables are read whole instead of by their index
            **self.settings,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        server = [self.engine.program("postgres"), "-D", str(self.data), *options]
        return tied(server, death_signal=FAST_SHUTDOWN, identity=self.identity)

    def url(self, user: str, password: str, database: str) -> str:
        """Return the address of one database for one user."""
        secret = f":{quote(password, safe='')}" if password else ""
        return f"postgresql://{user}{secret}@/{database}?host={quote(str(self.sockets), safe='')}"

    def clear_stale_lock(self, patience_s: float) -> None:
        """Make way for a new server after a crash: wait for the old one to end, hurry it, and forget its pid file.

        Only the holder of the city's lock may call this. PostgreSQL itself refuses to start when its old number meanwhile
        belongs to another process of the same user.
        """
        deadline = time.monotonic() + patience_s
        while (left := working_in(self.data)) and time.monotonic() < deadline + 5:
            for pid in left:
                _signal(pid, FAST_SHUTDOWN if time.monotonic() < deadline else IMMEDIATE_SHUTDOWN)
            time.sleep(0.1)
        if left:
            raise Trouble(f"An earlier PostgreSQL (process {left[0]}) still holds {self.data} and does not end.")
        for stale in (self.data / "postmaster.pid", *self.sockets.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)

    def answers(self, password: str = "") -> bool:
        """Whether the server takes connections."""
        try:
            psycopg.connect(self.url(SUPERUSER, password, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def last_line(text: str) -> str:
    """Return the last line that says something."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "it said nothing")


def plain_environment() -> dict[str, str]:
    """Return an environment in which no variable of the person (PGDATA, LC_ALL, LD_LIBRARY_PATH…) changes what the server does."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _locale() -> list[str]:
    """Choose C.UTF-8 of the system, or PostgreSQL's own where the system has none: in plain C, trigrams of Japanese are empty."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return ["--locale=C.UTF-8"]


def _write_for(identity: Identity, path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    identity.own(path)


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
