"""A city's life on this machine: servers, migrations, demo, web and workers come up, are watched, and go down in order."""

import asyncio
import hashlib
import signal
import sys
import time
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import psycopg

from config.bootstrap import BootstrapRefused, bootstrap
from config.supervisor import addresses, running, services, visit
from config.supervisor.addresses import DatabaseAddresses
from config.supervisor.children import Child, Children
from config.supervisor.lock import Lock
from config.supervisor.phone import Phone
from config.supervisor.places import Places, in_words
from config.supervisor.processes import end_with_parent
from config.supervisor.secrets import keep
from config.supervisor.servers import Servers
from config.supervisor.terminal import Terminal
from config.supervisor.trouble import Trouble
from kernel import environment
from kernel.environment import Environment

READY_WITHIN_S = 120
SAY_WHY_AFTER_S = 10
RESTARTS = 5
RESTARTS_WITHIN_S = 60


class City:
    """One city, from its start to its end."""

    def __init__(self, env: Environment, terminal: Terminal) -> None:
        """Hold the settings; nothing starts yet."""
        self.env, self.terminal = env, terminal
        self.places = Places(env.machi_home.absolute())
        self.children: Children | None = None
        self.is_demo = env.machi_demo or not ("MACHI_DEMO" in environment.inherited() or env.machi_public_url)

    async def live(self) -> None:
        """Start everything, watch it until the task is cancelled, and end everything.

        :raises Trouble: where it cannot start, or cannot go on.
        """
        self.places.prepare()
        with Lock(self.places.home / "up.lock") as self.lock:
            self.secrets = keep(self.places.home / "secrets.json", needed=self.places.has_database)
            visit.check_port(self.env.machi_host, self.env.machi_port)
            self.children = Children(self.places.log, self.lock, self.terminal.say)
            self.servers = Servers(self.places, self.children, self.terminal)
            showing = asyncio.create_task(self.terminal.keep_live())
            try:
                await self._open(self.children)
            finally:
                showing.cancel()
                await self._close(self.children)

    async def _open(self, children: Children) -> None:
        begun = time.monotonic()
        self.phone_is_built, self.data_is_ready = asyncio.Event(), asyncio.Event()
        self.watched: list[Child] = []
        await _together(self._build_phone(children), self._prepare_data(children), self._open_doors(children))
        running.publish(running.file_in(self.places.home), self.told | self.owner_told)
        await self._welcome(time.monotonic() - begun)
        await _together(self.servers.stay_up(), *(self._keep_running(children, child) for child in self.watched))

    async def _build_phone(self, children: Children) -> None:
        await Phone(services.ROOT / "static", self.places.home).build(children, _inherited(), self.terminal.step)
        self.phone_is_built.set()

    async def _open_doors(self, children: Children) -> None:
        """Start what serves people, while the demo city is perhaps still being made: a worker sends the first code to sign in."""
        await self.phone_is_built.wait()
        await self.data_is_ready.wait()
        with self.terminal.step("opening the doors"):
            beside = services.background(self.places, self.told)
            for program in (services.web(self.env, self.told), services.loops(self.told), *beside):
                self.watched.append(await children.start(program))
            await self._until_ready(children)

    async def _prepare_data(self, children: Children) -> None:
        secrets = self.secrets
        database = addresses.given(self.env) if self.env.database_url else None
        if database is None:
            database = addresses.embedded(await self.servers.postgres(secrets), secrets)
        redis_url = self.env.redis_url or (await self.servers.valkey()).url
        self.told = {
            **_inherited(),
            "DATABASE_URL": database.app,
            "REDIS_URL": redis_url,
            "MACHI_HOME": str(self.places.home),
            "MACHI_DEMO": "1" if self.is_demo else "0",
            "MACHI_SECRET_KEY": self.env.machi_secret_key or secrets.secret_key,
            "MACHI_MASTER_KEY": self.env.machi_master_key or secrets.master_key,
        }
        self.owner_told = {"DATABASE_OWNER_URL": database.owner}
        if database.admin:
            _bootstrap(database)
        with self.terminal.step("bringing the database up to date"):
            await children.run(services.command("migrate", self.told | self.owner_told, "--no-input", "--verbosity=0"))
        self.data_is_ready.set()
        if self.is_demo:
            await self._make_demo_city(children, database)

    async def _make_demo_city(self, children: Children, database: DatabaseAddresses) -> None:
        stamp, wanted = self.places.home / "demo_city", f"{_name_of(database)}:{services.demo_digest()}"
        if not stamp.exists() or stamp.read_text() != wanted:
            with self.terminal.step("making the demo city"):
                await children.run(services.command("demo_city", self.told))
            stamp.write_text(wanted)

    async def _until_ready(self, children: Children) -> None:
        begun, told = time.monotonic(), ""
        while (why := await visit.why_not_ready(self.env.machi_host, self.env.machi_port)) is not None:
            for name in (child.program.name for child in self.watched if not child.is_running):
                raise Trouble(f"{name} did not start: {children.last_words(name)}")
            waited = time.monotonic() - begun
            if waited > READY_WITHIN_S:
                raise Trouble(f"The city does not become ready: {why or children.last_words('web')}")
            if why and why != told and waited > SAY_WHY_AFTER_S:
                self.terminal.say(f"  ! not ready yet: {why}")
                told = why
            await asyncio.sleep(0.1)

    async def _welcome(self, seconds: float) -> None:
        people = await visit.who_can_sign_in(self.env.machi_host, self.env.machi_port) if self.is_demo else []
        self.terminal.may_tell_addresses()
        self.terminal.say(f"\nMachi is open after {seconds:.0f} s:  {self.env.public_url}\n")
        if people:
            self.terminal.say("Sign in as one of these; the code that is sent appears here and on the page /demo/.")
            for line in people:
                self.terminal.say(f"  {line}")
        elsewhere = "" if self.places.postgres.is_relative_to(self.places.home) else f" and {self.places.postgres}"
        self.terminal.say(f"\nCtrl-C ends it. What it knows stays in {self.places.home}{elsewhere}.")

    async def _keep_running(self, children: Children, child: Child) -> None:
        """Start a program again whenever it ends by itself, but not for ever."""
        ends: deque[float] = deque(maxlen=RESTARTS)
        while True:
            await child.process.wait()
            name = child.program.name
            if len(ends) == RESTARTS and time.monotonic() - ends[0] < RESTARTS_WITHIN_S:
                raise Trouble(f"{name} ended again and again: {children.last_words(name)}")
            ends.append(time.monotonic())
            self.terminal.say(f"  ! {name} ended by itself; starting it again ({children.log_of(name)})")
            await children.stop([child])
            await asyncio.sleep(0.5 * len(ends))
            child = await children.start(child.program)

    async def _close(self, children: Children) -> None:
        begun = time.monotonic()
        self.lock.announce_end()
        running.file_in(self.places.home).unlink(missing_ok=True)
        serving = self.servers.running
        await children.stop([child for child in children.running if child not in serving])
        await children.stop(serving)
        self.terminal.say(f"Ended in {time.monotonic() - begun:.1f} s.")


def _inherited() -> dict[str, str]:
    """Return the environment for programs: ours, without the addresses that only the supervisor needs."""
    private = ("DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    return {name: value for name, value in environment.inherited().items() if name not in private} | {
        "PYTHONUNBUFFERED": "1"
    }


def _bootstrap(database: DatabaseAddresses) -> None:
    try:
        bootstrap(database.admin, database.owner, database.app)
    except BootstrapRefused as refusal:
        raise Trouble(str(refusal)) from None
    except psycopg.Error as fault:
        raise Trouble(f"The database server refused: {' '.join(str(fault).split())}") from None


def _name_of(database: DatabaseAddresses) -> str:
    """Return what tells this database from one that is made anew at the same address."""
    with psycopg.connect(database.owner) as connection:
        row = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
    return f"{hashlib.sha256(database.owner.encode()).hexdigest()[:16]}:{row[0] if row else ''}"


async def _together(*parts: Coroutine[Any, Any, None]) -> None:
    """Run parts at the same time; the first that fails ends the others and speaks for all."""
    try:
        async with asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(part)
    except BaseExceptionGroup as faults:
        raise faults.exceptions[0] from None


async def _live(env: Environment, terminal: Terminal) -> None:
    city, living = City(env, terminal), asyncio.current_task()
    asked: list[signal.Signals] = []

    def end(number: signal.Signals) -> None:
        if asked and city.children:
            city.children.is_hurried.set()
        elif not asked and living:
            terminal.say("\nEnding …")
            living.cancel()
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, end, number)
    with suppress(asyncio.CancelledError):
        await city.live()


def main() -> int:
    """Live until Ctrl-C and return the exit code; what goes wrong is told in a sentence."""
    env = environment.load()
    terminal = Terminal()
    if "MAKELEVEL" in environment.inherited():
        end_with_parent(signal.SIGTERM)
    try:
        asyncio.run(_live(env, terminal))
    except Trouble as trouble:
        sentence = str(trouble)
    except OSError as fault:
        sentence = in_words(fault, env.machi_home)
    else:
        return 0
    sys.stdout.flush()
    sys.stderr.write(f"Machi: {sentence}\n")
    return 1
