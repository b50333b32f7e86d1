"""Make ``.venv`` and install a lock file into it with hashes, by plain pip: the first thing `make` runs.

Any Python 3.6 can read this file, because it must be able to say that another one is needed.
"""

import fcntl
import hashlib
import importlib.util
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
HOME = ROOT / ".machi"
LAUNCHER = Path(__file__).with_name("launcher.py")
WANTED = (3, 11)
NEEDED_MB = 1200
GLIBC = (2, 28)
PIP = ["-m", "pip", "install", "--require-hashes", "--no-deps", "--no-compile", "--no-input", "--progress-bar=off"]


class Refusal(Exception):
    """One sentence: why nothing can be installed here."""


def main(lock_name: str) -> int:
    """Install one lock and return the exit code. This function will do nothing where its contents are there already."""
    try:
        check_machine()
        with alone():
            install(ROOT / lock_name)
    except Refusal as refusal:
        sentence = str(refusal)
    except KeyboardInterrupt:
        sentence = "stopped; run it again to go on."
    except OSError as fault:
        sentence = f"cannot write to {fault.filename or ROOT}: {fault.strerror}."
    else:
        return 0
    sys.stderr.write(f"Machi: {sentence}\n")
    return 1


def check_machine() -> None:
    """Refuse another Python, processor or C library than the locked packages are made for."""
    if sys.version_info[:2] != WANTED:
        found = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Refusal(
            f"needs Python 3.11 and this is {found}; install it, or name it: make run PYTHON=/path/to/python3.11"
        )
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise Refusal(f"runs on Linux on x86-64, and this is {platform.system()} on {platform.machine()}.")
    name, version = platform.libc_ver()
    if name != "glibc" or tuple(int(part) for part in version.split(".")[:2]) < GLIBC:
        raise Refusal(
            f"needs glibc 2.28 or newer for its database, and this is {name or 'another C library'} {version}."
        )


@contextmanager
def alone() -> "Iterator[None]":
    """Hold the folder's installation lock; a second `make` waits for the first."""
    HOME.mkdir(mode=0o700, exist_ok=True)
    with (HOME / "install.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  … another make is installing in this folder; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(lock: Path) -> None:
    """Bring ``.venv`` to the lock's state and remember it."""
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / f"{lock.name}.installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if shutil.disk_usage(ROOT).free < NEEDED_MB * 1_000_000:
        raise Refusal(f"needs {NEEDED_MB} MB on the disk of {ROOT}, which is nearly full.")
    if not is_venv_ours():
        make_venv()
    said = step("installing Python packages", [str(VENV / "bin" / "python"), *PIP, "-r", str(lock)])
    if "Successfully installed" in said:  # perhaps in place of what another lock holds
        for other in VENV.glob("*.installed"):
            other.unlink()
    stamp.write_text(wanted)


def is_venv_ours() -> bool:
    """Whether ``.venv`` is there and whole, and its Python still the one that it was made with."""
    python = VENV / "bin" / "python"
    if not (python.exists() and (VENV / "bin" / "pip").exists()):
        return False
    version = "import sys; print(sys.version)"
    said = subprocess.run([str(python), "-I", "-c", version], stdout=subprocess.PIPE, check=False).stdout
    return said.decode().strip() == sys.version


def make_venv() -> None:
    """Make ``.venv`` anew."""
    if importlib.util.find_spec("ensurepip") is None:
        raise Refusal("needs Python's venv; on Debian and Ubuntu: apt install python3.11-venv")
    step("making .venv", [os.path.realpath(sys.executable), "-m", "venv", "--clear", str(VENV)])


def step(words: str, command: "list[str]") -> str:
    """Run one command, showing words and time, and return its output, which stays in a file; it dies when we do."""
    log = HOME / "install.log"
    begun = time.monotonic()
    say(f"  … {words}")
    tie = [str(LAUNCHER), str(os.getpid()), str(int(signal.SIGKILL)), str(os.geteuid()), str(os.getegid())]
    with log.open("w") as output:
        code = subprocess.run(
            [os.path.realpath(sys.executable), "-I", "-S", *tie, *command],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd=str(ROOT), check=False,
        ).returncode  # fmt: skip
    if code != 0:
        lines = [line.strip() for line in log.read_text().splitlines() if line.strip()]
        raise Refusal(f"{words} failed: {lines[-1] if lines else 'it said nothing'} (all of it: {log})")
    say(f"  ✓ {words:<52} {time.monotonic() - begun:6.1f} s")
    return log.read_text()


def say(line: str) -> None:
    """Print one line at once, as the terminal is able to."""
    sys.stdout.buffer.write(f"{line}\n".encode(sys.stdout.encoding or "ascii", "replace"))
    sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main(sys.argv[1]))
