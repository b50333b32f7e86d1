"""``make lock``: both lock files from ``pyproject.toml``, with hashes and no address in them.

Versions already locked are kept where they still fit; with ``--check`` nothing is written, and a difference is an error.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS: dict[str, list[str]] = {"requirements.lock": [], "requirements-dev.lock": ["--group", "dev"]}
OPTIONS = [
    "--generate-hashes", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11",
    "--index-strategy", "unsafe-best-match",
    "--custom-compile-command", "make lock", "--quiet",
]  # fmt: skip
FROM_PIP = {"index-url": "--default-index", "extra-index-url": "--index", "find-links": "--find-links"}


def main() -> int:
    """Write or check both locks and return the exit code."""
    checks = "--check" in sys.argv[1:]
    stale = [name for name, group in LOCKS.items() if not _compile(name, group, keeps_file=checks)]
    if stale and checks:
        sys.stderr.write(f"Not what pyproject.toml asks for: {', '.join(stale)}; run `make lock`.\n")
    return 1 if stale and checks else 0


def _compile(name: str, group: list[str], *, keeps_file: bool) -> bool:
    """Compile one lock with itself as input and say whether it stayed the same."""
    target = ROOT / name
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / name
        if target.exists():
            shutil.copyfile(target, made)
        uv = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            "pyproject.toml",
            *group,
            *OPTIONS,
            *_indexes(),
            "-o",
            str(made),
        ]
        subprocess.run(uv, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        is_same = target.exists() and target.read_bytes() == made.read_bytes()
        if not (is_same or keeps_file):
            shutil.copyfile(made, target)
    return is_same


def _indexes() -> list[str]:
    """Return pip's package sources as uv's options, for uv reads none of pip's settings."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    found = {}
    for line in listed.splitlines():  # global.index-url='https://…', :env:.find-links='…'
        setting, _, value = line.partition("=")
        found[setting.rpartition(".")[2]] = value.strip("'\"").split()
    return [part for name, option in FROM_PIP.items() for value in found.get(name, []) for part in (option, value)]


if __name__ == "__main__":
    sys.exit(main())
