"""The programs of a running city, each in one place: web, worker, beat and the loops."""

import hashlib
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from config.supervisor.children import Program
from config.supervisor.places import Places
from config.supervisor.processes import tied
from kernel.environment import Environment

ROOT = Path(__file__).resolve().parent.parent.parent
QUEUES = "life,money,default,bulk"
GRANIAN_LOG = Path(__file__).with_name("granian_log.json")


def command(name: str, environment: Mapping[str, str], *arguments: str) -> Program:
    """Return the program that runs one management command."""
    line = tied([sys.executable, str(ROOT / "manage.py"), name, *arguments], death_signal=signal.SIGTERM)
    return Program(name, line, environment, ROOT)


def web(env: Environment, environment: Mapping[str, str]) -> Program:
    """Return the web: HTTP and WebSocket on one port."""
    options = [
        "--interface", "asginl", "--host", env.machi_host, "--port", str(env.machi_port), "--workers", "1",
        "--respawn-failed-workers", "--respawn-interval", "0.2", "--workers-kill-timeout", "3",
        "--log-level", "warning", "--log-config", str(GRANIAN_LOG),
    ]  # fmt: skip
    return _module("web", ["granian", *options, "config.asgi:application"], environment)


def loops(environment: Mapping[str, str]) -> Program:
    """Return the loops that the apps contribute, in one process; the city is not ready without them."""
    return command("run_loops", environment)


def background(places: Places, environment: Mapping[str, str]) -> list[Program]:
    """Return Celery's worker, by which codes and letters leave, and beat."""
    celery = ["celery", "--app", "config.celery", "--quiet"]
    worker = [*celery, "worker", "--queues", QUEUES, "--pool", "threads", "--concurrency", "4", "--loglevel", "warning"]
    schedule = ["--scheduler", "config.beat:LastRuns", "--schedule", str(places.beat / "schedule")]
    beat = [*celery, "beat", *schedule, "--pidfile=", "--loglevel", "warning"]
    return [
        _module("worker", [*worker, "--without-gossip", "--without-mingle"], environment),
        _module("beat", beat, environment),
    ]


def demo_digest() -> str:
    """Return what tells one version of the demo city's making from another."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("*/demo/**/*"), *ROOT.glob("*/contributions.py")]):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _module(name: str, arguments: list[str], environment: Mapping[str, str]) -> Program:
    line = tied([sys.executable, "-m", *arguments], death_signal=signal.SIGTERM)
    return Program(name, line, environment, ROOT)
