"""The tests' PostgreSQL: one server a process, one migrated template, a clone for whoever commits.

The template costs seconds to migrate, so its data folder is kept under ``.machi/test`` by a fingerprint of everything that
shapes it, and copied. On a service (see `tests/places.py`) each process migrates a database of its own there and drops it.
Either way the clones lie in memory where there is room: making and dropping them would else be half of the work.
"""

import atexit
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from config.bootstrap import OWNER, bootstrap
from config.supervisor.engine import find
from config.supervisor.postgres import Cluster, plain_environment
from config.supervisor.processes import database_identity
from tests.places import MEMORY, PLACE, ROOT, has_roomy_memory

TEMPLATE = "machi_template"
KEPT_TEMPLATES = 4
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "200",
    "log_min_messages": "fatal",
}


@dataclass(frozen=True)
class Database:
    """One database and its addresses, for what must connect by itself (another process, the owner, the administrator)."""

    name: str

    @property
    def app_url(self) -> str:
        """The application's address."""
        return PLACE.app_url(self.name)

    @property
    def owner_url(self) -> str:
        """The owner's address."""
        return PLACE.owner_url(self.name)


class Server:
    """The server of this process, embedded or the service, with its migrated template."""

    def __init__(self) -> None:
        self.template = TEMPLATE if not PLACE.service else f"{PLACE.run}_template"
        self.how = (
            "STRATEGY WAL_LOG" if PLACE.service else "STRATEGY FILE_COPY"
        )  # a copy waits for two checkpoints, dear on a disk
        self._numbers = count(1)
        self._postmaster: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)
        if PLACE.service:
            _sweep_service()
            _migrate(PLACE.admin_url, self.template)
        else:
            self._postmaster = _start_embedded()
        self.admin = psycopg.connect(PLACE.admin_url, autocommit=True)
        if PLACE.service and _make_tablespace(self.admin):
            self.how += f" TABLESPACE {PLACE.run}"

    def clone(self, name: str | None = None) -> Database:
        """Make a fresh database like the template; the caller drops it."""
        database = Database(name or f"{PLACE.run}_{next(self._numbers)}")
        create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} " + self.how)
        self.admin.execute(
            create.format(sql.Identifier(database.name), sql.Identifier(OWNER), sql.Identifier(self.template))
        )
        return database

    def drop(self, database: Database) -> None:
        """Drop a database, whoever is still connected to it."""
        self.admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database.name)))

    def stop(self) -> None:
        """Drop what was made on a service; end the embedded server and remove its folder."""
        self.admin.close()
        if PLACE.service:
            with psycopg.connect(PLACE.admin_url, autocommit=True) as admin:
                _drop_all(admin, PLACE.run)
        if self._postmaster:
            self._postmaster.send_signal(signal.SIGQUIT)
            self._postmaster.wait(timeout=20)
        for folder in (PLACE.folder, PLACE.data):
            shutil.rmtree(folder, ignore_errors=True)
        atexit.unregister(self.stop)


def _start_embedded() -> subprocess.Popen[bytes]:
    _sweep_folders()
    cluster = _cluster()
    fingerprint = _fingerprint(cluster.engine.version)
    kept = ROOT / ".machi" / "test" / fingerprint
    with _alone(kept.parent):
        if not kept.exists():
            _build_template(cluster, kept)
    os.utime(kept)
    _copy_folder(kept, cluster.data)
    return _start(cluster)


def _cluster() -> Cluster:
    PLACE.folder.mkdir(mode=0o711)
    identity = database_identity(ROOT)
    PLACE.sockets.mkdir(mode=0o700)
    identity.own(PLACE.sockets)
    engine = find().copy_for(identity, PLACE.folder)
    return Cluster(engine, PLACE.data, PLACE.sockets, identity, SETTINGS)


def _start(cluster: Cluster) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        cluster.command(), cwd="/", env=plain_environment(), stdout=subprocess.DEVNULL, start_new_session=True
    )
    for _ in range(600):
        if cluster.answers():
            return process
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise RuntimeError("The tests' PostgreSQL did not start.")


def _build_template(cluster: Cluster, kept: Path) -> None:
    cluster.initialise(None, "--no-sync", "--wal-segsize=1")
    process = _start(cluster)
    try:
        _migrate(PLACE.admin_url, TEMPLATE)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    half = kept.with_name(f"{kept.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    _copy_folder(cluster.data, half)
    half.rename(kept)
    shutil.rmtree(cluster.data)
    for old in sorted(kept.parent.glob("[0-9a-f]*"), key=lambda path: path.stat().st_mtime)[:-KEPT_TEMPLATES]:
        shutil.rmtree(old, ignore_errors=True)


def _copy_folder(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-a", "--reflink=auto", str(source), str(target)], check=True)


def _migrate(admin_url: str, name: str) -> None:
    addresses = {
        "DATABASE_ADMIN_URL": admin_url,
        "DATABASE_OWNER_URL": PLACE.owner_url(name),
        "DATABASE_URL": PLACE.app_url(name),
    }
    bootstrap(admin_url, addresses["DATABASE_OWNER_URL"], addresses["DATABASE_URL"])
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--no-input"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | addresses | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"The migrations of the tests' template failed:\n{done.stdout}{done.stderr}")


def _fingerprint(version: str) -> str:
    """Return a name for all that shapes the template: engine, migrations, SQL, what runs them, and the locked packages."""
    shapes = [path for path in ROOT.glob("*/**/*.py") if _shapes_database(path.relative_to(ROOT))]
    shapes += [path for path in ROOT.glob("*/**/*.sql") if path.relative_to(ROOT).parts[0] not in (".venv", "static")]
    shapes += [
        ROOT / "requirements.lock",
        ROOT / "config" / "bootstrap.py",
        ROOT / "config" / "settings.py",
        Path(__file__),
    ]
    digest = hashlib.sha256(f"{version} {sys.version}".encode())
    for path in sorted(set(shapes)):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def _shapes_database(path: Path) -> bool:
    outside = path.parts[0] in (".venv", ".machi", "static", "tests")
    return not outside and ("migrations" in path.parts or path.name == "migrate.py")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time build templates in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def _sweep_folders() -> None:
    """Remove what killed test processes left behind; several processes may do so at once."""
    for folder in (*Path("/tmp").glob("machi-test-*"), *MEMORY.glob("machi-test-*")):
        number = re.match(r"machi-test-(\d+)", folder.name)
        with suppress(FileNotFoundError):
            ours = number and folder.stat().st_uid == os.geteuid()
            if number and ours and (int(number[1]) == os.getpid() or not Path("/proc", number[1]).exists()):
                shutil.rmtree(folder, ignore_errors=True)


def _make_tablespace(admin: psycopg.Connection) -> bool:
    """Make a tablespace in memory on a service of this very machine, where that may be done: as root, with room; tell whether."""
    ((data,),) = admin.execute("SHOW data_directory").fetchall()
    with suppress(OSError, ValueError):
        postmaster = int((Path(data) / "postmaster.pid").read_text().splitlines()[0])
        if os.geteuid() == 0 and has_roomy_memory() and Path("/proc", str(postmaster)).exists():
            folder = MEMORY / PLACE.run
            folder.mkdir(mode=0o700)
            os.chown(folder, Path(data).stat().st_uid, Path(data).stat().st_gid)
            admin.execute(f"CREATE TABLESPACE {PLACE.run} LOCATION '{folder}'")
            return True
    return False


def _sweep_service() -> None:
    """Drop what killed test processes of this machine left on the service."""
    with psycopg.connect(PLACE.admin_url, autocommit=True) as admin:
        names = admin.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^machi_test_[0-9]+_[0-9a-f]{8}_'"
            " UNION SELECT spcname FROM pg_tablespace WHERE spcname ~ '^machi_test_[0-9]+_[0-9a-f]{8}$'"
        ).fetchall()
        for run in {"_".join(name.split("_")[:4]) for (name,) in names}:
            if not Path("/proc", run.split("_")[2]).exists():
                _drop_all(admin, run)


def _drop_all(admin: psycopg.Connection, run: str) -> None:
    for (name,) in admin.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{run}_"]
    ).fetchall():
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    admin.execute(sql.SQL("DROP TABLESPACE IF EXISTS {}").format(sql.Identifier(run)))
    shutil.rmtree(MEMORY / run, ignore_errors=True)
