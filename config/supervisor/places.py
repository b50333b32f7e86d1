"""Where a city keeps what it has: everything under MACHI_HOME, sockets where their paths stay short."""

import errno
import hashlib
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from config.supervisor.processes import Identity, database_identity
from config.supervisor.trouble import Trouble

LONGEST_SOCKET_PATH = 107  # sun_path of unix(7) has 108 bytes, the last of them zero
LONGEST_SOCKET_NAME = "/.s.PGSQL.5432.lock"
ROOTS_STATE = Path("/var/lib/machi")
FIRST_START_MB = 500
LATER_START_MB = 60


@dataclass(frozen=True)
class Places:
    """The folders of one city."""

    home: Path

    @property
    def log(self) -> Path:
        """What the programs write, a file each."""
        return self.home / "log"

    @property
    def valkey(self) -> Path:
        """What Valkey keeps."""
        return self.home / "valkey"

    @property
    def beat(self) -> Path:
        """When beat ran what last."""
        return self.home / "beat"

    @property
    def postgres(self) -> Path:
        """The database's folder: ``data``, and the copy of the engine where another user runs it.

        It is under the home, except for root in a closed folder such as /root, which the database's user could not
        enter.
        """
        if database_identity(self.home).is_ours or _open_to_all(self.home):
            return self.home / "postgres"
        return ROOTS_STATE / self._name

    @property
    def _name(self) -> str:
        return hashlib.sha256(str(self.home).encode()).hexdigest()[:12]

    def prepare(self) -> None:
        """Make the folders. A home begun anew leaves alone what a removed one of the same name has left outside it.

        :raises Trouble: where they cannot be made, or the disk is nearly full.
        """
        begun_anew = not self.log.exists()  # the home itself is there already: `make install` keeps its lock in it
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not database_identity(self.home).is_ours and _open_to_all(self.home):
                self.home.chmod(0o711)  # root's database user passes through, and reads nothing here
            for folder in (self.log, self.valkey, self.beat, self.home / "collected"):
                folder.mkdir(mode=0o700, exist_ok=True)
            self.postgres.mkdir(mode=0o711, parents=True, exist_ok=True)
            if begun_anew and not self.postgres.is_relative_to(self.home):
                self._set_aside()
        except OSError as fault:
            raise Trouble(in_words(fault, self.home)) from None
        needed = LATER_START_MB if self.has_database else FIRST_START_MB
        for folder in {self.home, self.postgres}:
            if shutil.disk_usage(folder).free < needed * 1_000_000:
                raise Trouble(f"The disk of {folder} is full: it needs {needed} MB.")

    @property
    def has_database(self) -> bool:
        """Whether a database has been made here."""
        return (self.postgres / "data").exists()

    def _set_aside(self) -> None:
        """Rename a database whose home is gone: its passwords and keys went with the home, and it is not ours to delete."""
        if self.has_database:
            taken = {folder.name for folder in self.postgres.iterdir()}
            name = next(name for number in range(1, len(taken) + 2) if (name := f"left-{number}") not in taken)
            (self.postgres / "data").rename(self.postgres / name)

    def sockets(self, purpose: str, identity: Identity) -> Path:
        """Return a closed folder for one server's socket: under the home, or a short one in /tmp where that is too long."""
        folder = (self.postgres if not identity.is_ours else self.home) / purpose
        if len(os.fsencode(folder)) + len(LONGEST_SOCKET_NAME) > LONGEST_SOCKET_PATH:
            folder = Path(tempfile.gettempdir()) / f"machi-{self._name}-{purpose}"
        if len(os.fsencode(folder)) + len(LONGEST_SOCKET_NAME) > LONGEST_SOCKET_PATH:
            folder = Path("/tmp") / folder.name  # noqa: S108 - checked below
        _closed_folder(folder, identity)
        return folder


def in_words(fault: OSError, place: Path) -> str:
    """Return the sentence for a fault of the file system."""
    where = fault.filename or place
    match _number(fault):
        case errno.ENOSPC | errno.EDQUOT:
            return f"The disk is full: nothing more can be written to {where}."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"This user may not write to {where}; choose another folder by MACHI_HOME."
        case _:
            return f"{where} cannot be used: {fault.strerror or fault}; choose another folder by MACHI_HOME."


def _number(fault: OSError) -> int | None:
    """Return the fault's number; copying a tree gathers its faults as text."""
    if not isinstance(fault, shutil.Error):
        return fault.errno
    known = (errno.ENOSPC, errno.EDQUOT, errno.EACCES)
    return next((number for number in known if f"[Errno {number}]" in str(fault)), None)


def _open_to_all(folder: Path) -> bool:
    """Whether any user may pass through the folder and all above it; the last one is ours to open."""
    above = [parent for parent in folder.absolute().parents if parent.exists()]
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in above)


def _closed_folder(folder: Path, identity: Identity) -> None:
    """Make a folder that its user alone can enter; in /tmp somebody else may have made it first."""
    try:
        folder.mkdir(mode=0o700)
        identity.own(folder)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != identity.uid:
            raise Trouble(f"{folder} belongs to somebody else; remove it first.") from None
        folder.chmod(0o700)
