"""The ground a benchmark stands on: a PostgreSQL and a Valkey of its own with the settings of a real city, and one web server."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from config.bootstrap import APP, OWNER, bootstrap
from config.supervisor.engine import find
from config.supervisor.postgres import Cluster, plain_environment
from config.supervisor.processes import database_identity
from config.supervisor.valkey import Valkey

ROOT = Path(__file__).resolve().parent.parent
DURABLE = {"log_min_messages": "fatal", "shared_buffers": "1GB", "max_wal_size": "4GB", "max_connections": "100"}


@dataclass
class Ground:
    """Running servers, their addresses and process numbers."""

    cluster: Cluster
    database: str
    environment: dict[str, str]
    pids: dict[str, int] = field(default_factory=dict)

    def psql(self, statement: str, database: str | None = None) -> str:
        """Run a statement as the administrator and return what it prints, unaligned."""
        command = [find().program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement]
        address = self.cluster.url("postgres", "", database or self.database)
        done = subprocess.run([*command, address], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"psql failed: {done.stderr[-2000:]}")
        return done.stdout.strip()

    def pgbench(self, database: str, user: str, *options: str) -> str:
        """Run pgbench on one of the databases and return its report."""
        command = [find().program("pgbench"), *options, self.cluster.url(user, "", database)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"pgbench failed: {done.stderr[-2000:]}")
        return done.stdout

    def manage(self, *arguments: str) -> str:
        """Run a management command on this ground."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{arguments[0]} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
        return done.stdout


@contextmanager
def ground(database: str = "machi_bench", environment: dict[str, str] | None = None) -> Iterator[Ground]:
    """Start both servers, migrate, and end all of it afterwards; ``environment`` adds to the city's."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="machi-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o711)
        here = Ground(_cluster(folder), database, {})
        here.cluster.initialise(None)
        here.pids["postgres"] = _start(stack, here.cluster.command(), here.cluster.answers, signal.SIGINT)
        valkey = Valkey(folder, folder / "valkey.sock", keeps_data=False)
        here.pids["valkey"] = _start(stack, valkey.command(), valkey.answers, signal.SIGTERM)
        here.environment = _environment(here.cluster, database, valkey.url, folder) | (environment or {})
        bootstrap(*(here.environment[name] for name in ("DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "DATABASE_URL")))
        here.manage("migrate", "--verbosity=0", "--no-input")
        os.environ |= here.environment
        yield here


@contextmanager
def web(here: Ground, *, workers: int, threads: int) -> Iterator[int]:
    """Start granian's WSGI server as production does, with the yardstick's address beside the city's; yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "bench.application:application", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads), "--no-access-log",
        "--log-level", "error",
    ]  # fmt: skip
    with ExitStack() as stack:
        here.pids["web"] = _start(stack, command, lambda: _answers(port), signal.SIGTERM, here.environment)
        yield port


def _answers(port: int) -> bool:
    try:
        return urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).status == 200
    except OSError:
        return False


def _cluster(folder: Path) -> Cluster:
    identity = database_identity(ROOT)
    sockets = folder / "pg"
    sockets.mkdir(mode=0o700)
    identity.own(sockets)
    return Cluster(find().copy_for(identity, folder), folder / "data", sockets, identity, DURABLE)


def _environment(cluster: Cluster, database: str, redis_url: str, folder: Path) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_ADMIN_URL": cluster.url("postgres", "", "postgres"),
        "DATABASE_OWNER_URL": cluster.url(OWNER, "", database),
        "DATABASE_URL": cluster.url(APP, "", database),
        "REDIS_URL": redis_url,
        "MACHI_HOME": str(folder / "home"),
        "MACHI_DEMO": "1",
        "MACHI_SECRET_KEY": "a-secret-key-for-benchmarks-only-a-secret-key-for-benchmarks",
        "MACHI_MASTER_KEY": "1:" + "00" * 32,
        "MACHI_LOG_LEVEL": "WARNING",
    }


def _start(
    stack: ExitStack,
    command: list[str],
    answers: Callable[[], bool],
    end: signal.Signals,
    env: dict[str, str] | None = None,
) -> int:
    process = subprocess.Popen(command, cwd=ROOT if env else "/", env=env or plain_environment())
    stack.callback(process.wait, timeout=30)
    stack.callback(process.send_signal, end)
    for _ in range(600):
        if answers():
            return process.pid
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"{command[-1]} did not start")
