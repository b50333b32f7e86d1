"""A PostgreSQL and a Valkey apart from any city's, for as long as something is tried out; nothing of them stays."""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from config.bootstrap import APP, OWNER, bootstrap
from config.supervisor.engine import find
from config.supervisor.postgres import Cluster, plain_environment
from config.supervisor.processes import database_identity
from config.supervisor.trouble import Trouble
from config.supervisor.valkey import Valkey
from kernel.environment import inherited

SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "512MB", "max_wal_size": "2GB",
    "log_min_messages": "fatal",
}  # fmt: skip


@contextmanager
def servers_apart(root: Path, database: str) -> Iterator[dict[str, str]]:
    """Start both servers in a folder of their own, make the database, and yield the environment of a process that works there."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="machi-apart-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o711)
        identity = database_identity(root)
        sockets = folder / "pg"
        sockets.mkdir(mode=0o700)
        identity.own(sockets)
        cluster = Cluster(find().copy_for(identity, folder), folder / "data", sockets, identity, SETTINGS)
        cluster.initialise(None)
        _start(stack, cluster.command(), cluster.answers, signal.SIGINT)
        valkey = Valkey(folder, folder / "valkey.sock", keeps_data=False)
        _start(stack, valkey.command(), valkey.answers, signal.SIGTERM)
        owner, app = cluster.url(OWNER, "", database), cluster.url(APP, "", database)
        bootstrap(cluster.url("postgres", "", "postgres"), owner, app)
        yield inherited() | {
            "DATABASE_ADMIN_URL": cluster.url("postgres", "", "postgres"), "DATABASE_OWNER_URL": owner, "DATABASE_URL": app,
            "REDIS_URL": valkey.url, "MACHI_HOME": str(folder / "home"), "MACHI_DEMO": "1", "MACHI_LOG_LEVEL": "ERROR",
            "MACHI_SECRET_KEY": "a-key-for-what-is-tried-out-and-thrown-away-a-key-for-what-is-tried-out",
            "MACHI_MASTER_KEY": "1:" + "00" * 32,
        }  # fmt: skip


def _start(stack: ExitStack, command: list[str], answers: Callable[[], bool], end: signal.Signals) -> None:
    process = subprocess.Popen(command, cwd="/", env=plain_environment(), stdout=subprocess.DEVNULL)
    stack.callback(process.wait, timeout=30)
    stack.callback(process.send_signal, end)
    for _ in range(1200):
        if answers():
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise Trouble(f"{Path(command[-1]).name} did not start")
