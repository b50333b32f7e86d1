"""The city on a real server of its own process, for tests that must see one live or die."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.database import Database
from tests.places import ROOT


def addresses(database: Database) -> dict[str, str]:
    """Return the environment of a process that works in this test's database."""
    ours = {"DATABASE_URL": database.app_url, "DATABASE_OWNER_URL": database.owner_url}
    return os.environ | ours | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT)}


@contextmanager
def server(application: str, database: Database) -> Iterator[httpx.Client]:
    """Serve the city by granian, as production does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--workers",
        "1",
        application,
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, env=addresses(database), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            _wait_for(client, process)
            yield client
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            client.get("/healthz")
        except httpx.TransportError:
            assert process.poll() is None, "the server did not start"
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not answer")
