"""The tests' Valkey: one server a process, or one numbered database of the service; empty before every test that uses it."""

import atexit
import os
import signal
import subprocess
import time
from urllib.parse import urlsplit, urlunsplit

import redis

from config.supervisor.valkey import Valkey
from tests.places import PLACE, REAL_REDIS_URL

LAST_NUMBER = 15
LEASE_S = 3600


def claim_number(url: str) -> str:
    """Return the address of a numbered database of the service that no other test process uses; given back at exit.

    Database 0 is left alone but for the leases.
    """
    leases = redis.Redis.from_url(url)
    for number in range(LAST_NUMBER, 0, -1):
        lease = f"machi:test:{number}"
        if leases.set(lease, os.getpid(), nx=True, ex=LEASE_S):
            atexit.register(leases.delete, lease)
            return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))
    raise SystemExit("All numbered databases of the service's Redis are in use by tests.")


class Cache:
    """The Valkey of this process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._process: subprocess.Popen[bytes] | None = None
        if not REAL_REDIS_URL:
            self._start()
        self.client = redis.Redis.from_url(url)

    def _start(self) -> None:
        PLACE.folder.mkdir(mode=0o711, exist_ok=True)
        valkey = Valkey(PLACE.folder, PLACE.valkey_socket, keeps_data=False)
        self._process = subprocess.Popen(valkey.command(), stdout=subprocess.DEVNULL, start_new_session=True)
        atexit.register(self.stop)
        for _ in range(500):
            if valkey.answers():
                return
            time.sleep(0.01)
        raise RuntimeError("The tests' Valkey did not start.")

    def empty(self) -> None:
        """Forget everything."""
        self.client.flushdb()

    def stop(self) -> None:
        """End the embedded server."""
        self.client.close()
        if self._process:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=10)
