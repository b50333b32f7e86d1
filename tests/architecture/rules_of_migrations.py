"""Migrations are small, named, reversible; shape apart from data; they know floors below and no model of today."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import FLOORS, HOUSE, Module, Sin, Tree, chain

_LEVEL = {app: level for level, floor in enumerate(FLOORS) for app in floor}
_DATA = {"RunPython"}
_NAMED = re.compile(r"\d{4}_[a-z]\w*")


def _migrations(tree: Tree) -> Iterator[Module]:
    return (module for module in tree.modules() if module.room == "migrations" and module.parts[-1] != "__init__")


def migrations_are_named(tree: Tree) -> Iterator[Sin]:
    """The name says what changes, not when it was generated."""
    for module in _migrations(tree):
        name = module.parts[-1]
        if _NAMED.fullmatch(name) is None or "_auto_" in name or name.endswith("_initial"):
            yield module.sin(1, f"{name} says nothing")


def migrations_look_down(tree: Tree) -> Iterator[Sin]:
    """A migration depends on its own app and on floors below."""
    for module in _migrations(tree):
        for app, line in _dependencies(module):
            if app in HOUSE and app != module.app and _LEVEL[app] >= _LEVEL[module.app]:
                yield module.sin(line, f"depends on {app}, which does not lie below {module.app}")


def _dependencies(module: Module) -> Iterator[tuple[str, int]]:
    for entry in _listed(module, "dependencies") + _listed(module, "run_before"):
        if isinstance(entry, ast.Tuple) and isinstance(entry.elts[0], ast.Constant):
            yield str(entry.elts[0].value), entry.lineno
        if isinstance(entry, ast.Call) and chain(entry.args[0]).endswith("AUTH_USER_MODEL"):
            yield "accounts", entry.lineno


def _listed(module: Module, name: str) -> list[ast.expr]:
    """Return the entries of the list that is assigned to ``name``."""
    found = [node.value for node in module.walk(ast.Assign) if chain(node.targets[0]) == name]
    return [entry for value in found if isinstance(value, ast.List) for entry in value.elts]


def migrations_know_no_model_of_today(tree: Tree) -> Iterator[Sin]:
    """A migration imports no code of an app: it would change under it. The kernel's words (ids, access) it may use."""
    for module in _migrations(tree):
        for name, line in module.imports:
            stands = ".migrations." in name or (name.startswith("kernel.") and not name.startswith("kernel.models"))
            if name.partition(".")[0] in HOUSE and not stands:
                yield module.sin(line, f"imports {name}, which will change")


def shape_and_data_move_apart(tree: Tree) -> Iterator[Sin]:
    """A migration changes the shape of tables or what stands in them, not both: the two lock differently."""
    for module in _migrations(tree):
        operations = {chain(node.func).split(".")[-1]: node.lineno for node in _operations(module)}
        if _DATA & set(operations) and set(operations) - _DATA:
            yield module.sin(min(operations.values()), f"mixes {', '.join(sorted(operations))}")


def migrations_can_go_back(tree: Tree) -> Iterator[Sin]:
    """Each operation in SQL or Python says how it is undone."""
    for module in _migrations(tree):
        for node in _operations(module):
            kind, words = chain(node.func).split(".")[-1], {word.arg for word in node.keywords}
            if kind in ("RunSQL", "RunPython") and len(node.args) < 2 and not words & {"reverse_sql", "reverse_code"}:
                yield module.sin(node.lineno, f"{kind} without a way back")


def _operations(module: Module) -> list[ast.Call]:
    return [entry for entry in _listed(module, "operations") if isinstance(entry, ast.Call)]


RULES = (
    migrations_are_named,
    migrations_look_down,
    migrations_know_no_model_of_today,
    shape_and_data_move_apart,
    migrations_can_go_back,
)
