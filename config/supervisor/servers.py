"""The two embedded servers, PostgreSQL and Valkey, brought up for a city that names none."""

import asyncio
import time
from collections.abc import Callable

from config.supervisor.children import Child, Children, Program
from config.supervisor.engine import find
from config.supervisor.places import Places
from config.supervisor.postgres import FAST_SHUTDOWN, IMMEDIATE_SHUTDOWN, Cluster, plain_environment
from config.supervisor.processes import Identity, database_identity, ourselves
from config.supervisor.secrets import Secrets
from config.supervisor.terminal import Terminal
from config.supervisor.trouble import Trouble
from config.supervisor.valkey import Valkey

READY_WITHIN_S = 60
OLD_SERVER_PATIENCE_S = 8
POSTGRES_SETTINGS = {
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # No resident's data in logs: neither the statement nor the detail ("Key (email)=(…) already exists").
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
}


class Servers:
    """What this supervisor serves itself; ended after all that uses it."""

    def __init__(self, places: Places, children: Children, terminal: Terminal) -> None:
        """Hold nothing yet."""
        self._places, self._children, self._terminal = places, children, terminal
        self.running: list[Child] = []

    async def postgres(self, secrets: Secrets) -> Cluster:
        """Start PostgreSQL, making its data folder first where there is none."""
        cluster = self._cluster(database_identity(self._places.home))
        cluster.clear_stale_lock(OLD_SERVER_PATIENCE_S)
        program = Program(
            "postgres", cluster.command(), plain_environment(), self._places.postgres,
            stop=FAST_SHUTDOWN, force=IMMEDIATE_SHUTDOWN, patience_s=8, speaks=False,
        )  # fmt: skip
        with self._terminal.step(f"starting PostgreSQL {cluster.engine.version}"):
            if cluster.exists:
                cluster.data.chmod(0o700)  # PostgreSQL insists; a copy of the folder may have lost it
            else:
                cluster.initialise(secrets.postgres_password)
            await self._start(program, lambda: cluster.answers(secrets.postgres_password))
        return cluster

    def _cluster(self, identity: Identity) -> Cluster:
        folder = self._places.postgres
        engine = find(folder / "data").copy_for(identity, folder)
        return Cluster(engine, folder / "data", self._places.sockets("pg", identity), identity, POSTGRES_SETTINGS)

    async def valkey(self) -> Valkey:
        """Start Valkey."""
        valkey = Valkey(self._places.valkey, self._places.sockets("vk", ourselves()) / "valkey.sock")
        with self._terminal.step("starting Valkey"):
            program = Program("valkey", valkey.command(), plain_environment(), self._places.valkey, speaks=False)
            await self._start(program, valkey.answers)
        return valkey

    async def stay_up(self) -> None:
        """Return never, while they all run.

        :raises Trouble: when one of them ends by itself.
        """
        if not self.running:
            await asyncio.Event().wait()
        waiting = [asyncio.create_task(child.process.wait()) for child in self.running]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        ended = next(child.program.name for child in self.running if not child.is_running)
        raise Trouble(f"{ended} ended by itself: {self._children.last_words(ended)}")

    async def _start(self, program: Program, answers: Callable[[], bool]) -> None:
        child = await self._children.start(program)
        deadline = time.monotonic() + READY_WITHIN_S
        while not answers():
            if not child.is_running:
                raise Trouble(f"{program.name} did not start: {self._children.last_words(program.name)}")
            if time.monotonic() > deadline:
                raise Trouble(f"{program.name} does not answer: {self._children.last_words(program.name)}")
            await asyncio.sleep(0.05)
        self.running.append(child)
