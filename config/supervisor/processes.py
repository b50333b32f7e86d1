"""What other processes are doing, read from ``/proc``; and the command lines that tie a child to its parent."""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config.supervisor.launcher import PR_SET_PDEATHSIG

LAUNCHER = Path(__file__).with_name("launcher.py")
NOBODY = 65534


@dataclass(frozen=True)
class Identity:
    """The user whom a program runs as."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        """Whether this is the user whom we run as."""
        return self.uid == os.geteuid()

    def own(self, path: Path) -> None:
        """Give the path to this user; does nothing where it is ours anyway."""
        if not self.is_ours:
            os.chown(path, self.uid, self.gid)


def ourselves() -> Identity:
    """Return the user whom this process runs as."""
    return Identity(os.geteuid(), os.getegid())


def end_with_parent(number: signal.Signals) -> None:
    """Have the kernel send this process a signal when its parent dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def database_identity(folder: Path) -> Identity:
    """Choose whom PostgreSQL runs as, for it refuses uid 0: the folder's owner, and nobody where that is root too."""
    if os.geteuid() != 0:
        return ourselves()
    owner = folder.stat()
    return Identity(owner.st_uid, owner.st_gid) if owner.st_uid != 0 else Identity(NOBODY, NOBODY)


def tied(command: Sequence[str], *, death_signal: signal.Signals, identity: Identity | None = None) -> list[str]:
    """Return the command line that runs `command` and ends it with `death_signal` when the calling thread dies."""
    who = identity or ourselves()
    interpreter = [sys.executable, "-I", "-S", str(LAUNCHER)]
    return [*interpreter, str(os.getpid()), str(int(death_signal)), str(who.uid), str(who.gid), *command]


def started_at(pid: int) -> int | None:
    """Return the clock tick at which a live process started, which tells it from a later one of the same number."""
    fields = _stat(pid)
    return int(fields[19]) if fields else None


def group_members(group: int) -> list[int]:
    """Return the live processes of a process group."""
    alive = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in alive if (fields := _stat(pid)) and int(fields[2]) == group]


def send(group: int, number: signal.Signals) -> None:
    """Send a signal to a process group, if it still lives."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


def _stat(pid: int) -> list[str] | None:
    """Read the fields of ``/proc/PID/stat`` after the name (proc(5)); None where the process is gone or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else fields


def working_in(folder: Path) -> list[int]:
    """Return the processes whose working folder is `folder`; PostgreSQL's all stand in its data folder."""
    wanted = folder.resolve()
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _stands_in(entry, wanted)]


def _stands_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder
    except OSError:  # gone meanwhile, or somebody else's
        return False
