"""The house as text: every module of ours, parsed once, in its app and room; a sin may be laid over it without touching a file."""

import ast
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (
    ("kernel",),
    ("cityos",),
    ("accounts",),
    ("wallet",),
    ("mobility", "health", "procedures", "disaster"),
    ("config",),
)
"""From the ground up; DESIGN's floors, of which a part of the house may not stand yet."""
APPS = tuple(app for floor in FLOORS[1:-1] for app in floor)
HOUSE = tuple(app for floor in FLOORS for app in floor)
DOORS = ("api", "pages", "consumers", "tasks", "handlers", "loops", "management", "demo", "contributions", "apps")
DOMAIN = ("services", "selectors", "gateways", "models", "engine", "events", "errors")

Node = TypeVar("Node", bound=ast.AST)


@dataclass(frozen=True)
class Sin:
    """What is wrong, where."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: str
    text: str

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The path's parts, the file's without its ending."""
        return PurePosixPath(self.path).with_suffix("").parts

    @property
    def app(self) -> str:
        """The package at the top."""
        return self.parts[0]

    @property
    def room(self) -> str:
        """The app's room it is in; empty for the package's own ``__init__``."""
        return self.parts[1] if len(self.parts) > 1 and self.parts[1] != "__init__" else ""

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return _parsed(self.text, self.path)

    def walk(self, *kinds: type[Node]) -> Iterator[Node]:
        """Yield the nodes of these kinds."""
        return (node for node in _walked(self.text, self.path) if isinstance(node, kinds))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Yield every function and method."""
        return self.walk(ast.FunctionDef, ast.AsyncFunctionDef)

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """Yield the calls of whatever ends in one of these names; all calls without names."""
        return (call for call in self.walk(ast.Call) if not names or chain(call.func).split(".")[-1] in names)

    @cached_property
    def imports(self) -> list[tuple[str, int]]:
        """Every name imported, in full (``kernel.clock.now``), and its line."""
        found: list[tuple[str, int]] = []
        for node in self.walk(ast.Import, ast.ImportFrom):
            if isinstance(node, ast.Import):
                found += [(alias.name, node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                package = ".".join(self.parts[: -node.level]) if node.level else ""
                origin = ".".join(part for part in (package, node.module or "") if part)
                found += [(f"{origin}.{alias.name}", node.lineno) for alias in node.names]
        return found

    def strings(self) -> Iterator[tuple[str, int]]:
        """Yield every text constant but docstrings, with its line."""
        documentation = {id(node) for node in _docstrings(self.tree)}
        for node in self.walk(ast.Constant):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
                yield node.value, node.lineno

    def sin(self, line: int, what: str) -> Sin:
        """Name a sin in this file."""
        return Sin(self.path, line, what)


@dataclass(frozen=True)
class Tree:
    """The files of the house; ``extra`` lies over those on disk."""

    root: Path = ROOT
    extra: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every file that is committed or about to be, as git sees it."""
        return tuple(sorted({*_files(self.root), *self.extra}))

    def text(self, path: str) -> str:
        """Return the file's text."""
        return self.extra.get(path) or (self.root / path).read_text(encoding="utf-8", errors="replace")

    def modules(self, *, also: tuple[str, ...] = ()) -> Iterator[Module]:
        """Yield the house's Python files, those of the folders ``also`` (tests, bench) too."""
        for path in self.paths:
            if path.endswith(".py") and path.partition("/")[0] in (*HOUSE, *also, "manage.py"):
                yield Module(path, self.text(path))

    def rooms(self, *rooms: str) -> Iterator[Module]:
        """Yield the files in these rooms of the apps."""
        return (module for module in self.modules() if module.app in APPS and module.room in rooms)


def chain(node: ast.AST) -> str:
    """Return ``a.b.c`` for an attribute or a name, calls between them left out; empty parts for anything else."""
    if isinstance(node, ast.Attribute):
        return f"{chain(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return chain(node.func)
    return node.id if isinstance(node, ast.Name) else ""


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        for statement in getattr(node, "body", None) or [] if not isinstance(node, ast.Lambda | ast.IfExp) else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                yield statement.value


@cache
def _parsed(text: str, path: str) -> ast.Module:
    return ast.parse(text, filename=path)


@cache
def _walked(text: str, path: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(_parsed(text, path)))


@cache
def _files(root: Path) -> tuple[str, ...]:
    asked = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return tuple(path for path in listed.split("\0") if path and (root / path).is_file())
