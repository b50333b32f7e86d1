"""What may be committed: our own work, without addresses and paths of the machines it was made on."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.architecture.tree import Sin, Tree

_THIRD_PARTY = {"vendor", "vendored", "third_party", "node_modules", "site-packages", "dist"}
_FOREIGN_ENDINGS = (
    ".min.js",
    ".min.css",
    ".bundle.js",
    ".js.map",
    ".woff",
    ".woff2",
    ".ttf",
    ".otf",
    ".whl",
    ".jar",
    ".wasm",
)
_HOSTS = [  # put together here, so that this file does not name them either
    ".".join(parts)
    for parts in (
        ("registry", "npmjs", "org"),
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "yarnpkg", "com"),
    )
]
_MACHINE = re.compile(r"(?<![\w.-])/(?:work|root|farm|home/[a-z]+)/[A-Za-z.]")
_INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host|\"resolved\":")
_TEXT = {
    ".py",
    ".ts",
    ".tsx",
    ".js",
    ".json",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".lock",
    ".sh",
    ".html",
    ".css",
    ".sql",
    ".po",
    "",
}


def only_our_own_work_is_committed(tree: Tree) -> Iterator[Sin]:
    """No script, style, font or binary of others: they come by lock file."""
    for path in tree.paths:
        parts = path.split("/")
        if _THIRD_PARTY & set(parts) or path.endswith(_FOREIGN_ENDINGS):
            yield Sin(path, 1, "not our work; take it from the lock file's packages")


def no_registry_is_named(tree: Tree) -> Iterator[Sin]:
    """Which registry packages come from is the machine's own setting."""
    for path, number, line in _lines(tree):
        for host in _HOSTS:
            if host in line:
                yield Sin(path, number, "names the host of a package registry")
        if path.endswith((".lock", "package-lock.json")) and _INDEX.search(line):
            yield Sin(path, number, "a lock file with an address of its own")


def no_machine_is_named(tree: Tree) -> Iterator[Sin]:
    """No path of the machine it was written on."""
    for path, number, line in _lines(tree):
        if _MACHINE.search(line):
            yield Sin(path, number, "carries a path of one machine")


def _lines(tree: Tree) -> Iterator[tuple[str, int, str]]:
    for path in tree.paths:
        if PurePosixPath(path).suffix in _TEXT and not path.startswith(".git/"):
            for number, line in enumerate(tree.text(path).splitlines(), start=1):
                yield path, number, line


RULES = (only_our_own_work_is_committed, no_registry_is_named, no_machine_is_named)
