"""The city's own secrets, made at the first start and kept under its home, readable by its user alone."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from config.supervisor.trouble import Trouble


@dataclass(frozen=True)
class Secrets:
    """What nobody outside may know; without the master key the sealed personal data cannot be read."""

    secret_key: str
    master_key: str
    postgres_password: str
    owner_password: str
    app_password: str


def keep(file: Path, *, needed: bool = False) -> Secrets:
    """Read the secrets, or make them. This function will never overwrite a file that it cannot read.

    :raises Trouble: where the file is damaged, or missing although a database ``needed`` it.
    """
    if not file.exists():
        if needed:
            raise Trouble(f"{file} is missing, and the database here opens to no other; bring it back from a backup.")
        _write(file, _fresh())
    try:
        return Secrets(**json.loads(file.read_text()))
    except (ValueError, TypeError):
        raise Trouble(
            f"{file} is damaged; bring it back from a backup, or remove {file.parent} to begin anew."
        ) from None


def _fresh() -> Secrets:
    master_key = f"1:{secrets.token_hex(32)}"  # the first version
    passwords = [secrets.token_urlsafe(24) for _ in range(3)]
    return Secrets(secrets.token_urlsafe(48), master_key, *passwords)


def _write(file: Path, made: Secrets) -> None:
    half = file.with_suffix(".half")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        json.dump(asdict(made), opened)
        opened.flush()
        os.fsync(opened.fileno())
    half.rename(file)
