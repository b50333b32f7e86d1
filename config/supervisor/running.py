"""How a command in another terminal finds the city that runs in this folder."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from kernel.environment import Environment

NAMES = (
    "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "MACHI_HOME", "MACHI_DEMO", "MACHI_SECRET_KEY", "MACHI_MASTER_KEY",
    "MACHI_HOST", "MACHI_PORT", "MACHI_PUBLIC_URL",
)  # fmt: skip


def publish(file: Path, environment: Mapping[str, str]) -> None:
    """Write what another command needs, readable by the city's user alone."""
    half = file.with_suffix(".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        json.dump({name: environment[name] for name in NAMES if environment.get(name)}, opened)
    half.rename(file)


def file_in(home: Path) -> Path:
    """Return the file in which a running city's environment stands."""
    return home / "running.json"


def join(env: Environment) -> dict[str, str]:
    """Return the environment of the city that runs in this folder; empty where one is set already or none runs."""
    file = file_in(env.machi_home)
    if env.database_url or not os.access(file, os.R_OK):
        return {}
    found = json.loads(file.read_text())
    return {name: str(value) for name, value in found.items() if name in NAMES}
