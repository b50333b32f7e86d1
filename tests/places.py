"""Where the servers of this test process are: embedded ones in a folder of its own, or the service that the environment names.

``DATABASE_ADMIN_URL`` (or ``DATABASE_URL``, where it logs in as an administrator) and ``REDIS_URL`` choose the service; read
once, before `tests/settings.py` overwrites them for the application under test.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from config.bootstrap import APP, OWNER

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Place:
    """The addresses of one test process."""

    folder: Path
    data: Path
    service: str
    run: str

    @property
    def sockets(self) -> Path:
        """The folder of the embedded PostgreSQL's socket."""
        return self.folder / "pg"

    @property
    def valkey_socket(self) -> Path:
        """The embedded Valkey's socket."""
        return self.folder / "valkey.sock"

    @property
    def database(self) -> str:
        """The database that this process's rolled-back tests use."""
        return f"{self.run}_base"

    @property
    def admin_url(self) -> str:
        """The administrator's address."""
        return self.service or self.url("postgres", "postgres")

    def owner_url(self, database: str) -> str:
        """Return the owner's address of a database."""
        return self.url(OWNER, database)

    def app_url(self, database: str) -> str:
        """Return the application's address of a database."""
        return self.url(APP, database)

    def url(self, user: str, database: str) -> str:
        """Return an address; a server that asks its administrator for a password asks the others too."""
        if not self.service:
            return f"postgresql://{user}@/{database}?host={quote(str(self.sockets), safe='')}"
        parts = urlsplit(self.service)
        secret = ":for-tests-only" if parts.password else ""
        return urlunsplit(
            parts._replace(netloc=f"{user}{secret}@{parts.netloc.rpartition('@')[2]}", path=f"/{database}")
        )


def _as_given(name: str, *variables: str) -> str:
    """Return the first variable that was set before the tests began; kept in `name` for xdist's workers, which inherit ours."""
    return os.environ.setdefault(
        name, next((os.environ[variable] for variable in variables if os.environ.get(variable)), "")
    )


MEMORY = Path("/dev/shm")
ROOM = 2 << 30


def has_roomy_memory() -> bool:
    """Tell whether a folder in memory can hold what one test process writes.

    A fresh database is thirteen hundred files, and ext4 is slow to make files where others were deleted a moment ago: a clone takes
    2.5 s on a disk on which tests have run for a while, and 0.07 s in memory.
    """
    return os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM


def _place() -> Place:
    given = _as_given("MACHI_TEST_DATABASE", "DATABASE_ADMIN_URL", "DATABASE_URL")
    if given and urlsplit(given).username in (OWNER, APP):
        message = "Tests make databases of their own: set DATABASE_ADMIN_URL to an administrator's address, or nothing."
        raise SystemExit(message)
    run = f"machi_test_{os.getpid()}_{os.urandom(4).hex()}"
    folder = Path(f"/tmp/machi-test-{os.getpid()}")
    data = MEMORY / folder.name if has_roomy_memory() else folder / "data"
    return Place(folder=folder, data=data, service=given, run=run)


PLACE = _place()
REAL_REDIS_URL = _as_given("MACHI_TEST_REDIS", "REDIS_URL")
