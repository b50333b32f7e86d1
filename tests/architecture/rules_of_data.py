"""Rows stay at home: who points where, who names whose table, what money is made of."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import APPS, HOUSE, Module, Sin, Tree, chain

RESIDENT = "accounts.resident"
_RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
_REFERENCE = re.compile(r"([a-z_]+)\.([A-Za-z_]+)")
_WORDS = re.compile(r"[a-z]+_[a-z_]+")
_MONEY = re.compile(r"(^|_)(yen|amount|price|fare|fee|balance|money|refunded|spent|held)(_|$)")
_RECKONING = ("services", "selectors", "models", "engine", "events", "api")
_WRITERS = ("log", "idempotency", "migrations", "models", "admin", "access", "management")


def keys_point_home_or_to_the_resident(tree: Tree) -> Iterator[Sin]:
    """A foreign key stays in its app or points to the resident; anything else is a UUID column."""
    for module in tree.modules():
        for call in module.calls(*_RELATIONS):
            yield from _foreign(module, call)


def _foreign(module: Module, call: ast.Call) -> Iterator[Sin]:
    targets = [*call.args[:1], *(word.value for word in call.keywords if word.arg in ("to", "through"))]
    for target in targets:
        if isinstance(target, ast.Constant) and isinstance(target.value, str):
            named = _REFERENCE.fullmatch(target.value)
            if named and named[1] in HOUSE and named[1] != module.app and target.value.lower() != RESIDENT:
                yield module.sin(target.lineno, f"a key to {target.value}; keep its id in a UUID column")
        elif chain(target).endswith("AUTH_USER_MODEL") and module.app != "accounts":
            yield module.sin(target.lineno, "a key to a sign-in; point to the resident")


def nobody_fetches_foreign_models(tree: Tree) -> Iterator[Sin]:
    """``get_model`` and its like reach through walls; migrations, which must, use the state they are given."""
    for module in tree.modules():
        if "migrations" in module.parts or module.app == "config":
            continue
        reaching = {"get_model", "get_registered_model", "get_models", "get_user_model"}
        reaching -= {"accounts": {"get_user_model"}, "kernel": {"get_models"}}.get(
            module.app, set()
        )  # the kernel checks all
        for call in module.calls(*reaching):
            yield module.sin(call.lineno, f"{chain(call.func)} reaches through the walls")


def tables_are_named_at_home(tree: Tree) -> Iterator[Sin]:
    """SQL names tables of its own app only; of another app's it asks the front door."""
    known = _tables(tree)
    for module in tree.modules():
        if module.app == "config":
            continue
        foreign = {table for table, app in known.items() if app != module.app and table != "accounts_resident"}
        for text, line in module.strings():
            for table in sorted(foreign.intersection(_WORDS.findall(text))):
                yield module.sin(line, f"{table} is a table of {known[table]}")
    yield from _tables_in_sql(tree, known)


def _tables_in_sql(tree: Tree, known: dict[str, str]) -> Iterator[Sin]:
    """Look into ``.sql`` files: a function that is a whole use case also writes what the pipeline writes, the kernel's log."""
    for path in tree.paths:
        if not path.endswith(".sql"):
            continue
        at_home = {table for table, app in known.items() if app in (path.partition("/")[0], "kernel")} | {
            "accounts_resident"
        }
        for line, text in enumerate(tree.text(path).splitlines(), start=1):
            for table in sorted(set(known).intersection(_WORDS.findall(text)) - at_home):
                yield Sin(path, line, f"{table} is a table of {known[table]}")


def _tables(tree: Tree) -> dict[str, str]:
    """Return every table's app: those of models, and those that migrations make in SQL."""
    found: dict[str, str] = {}
    for module in tree.modules():
        if module.app not in (*APPS, "kernel"):
            continue
        if module.room == "models":
            found |= {f"{module.app}_{node.name.lower()}": module.app for node in module.walk(ast.ClassDef)}
        if module.room == "migrations":
            made = re.findall(r"CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?(\w+)", module.text)
            found |= dict.fromkeys(made, module.app)
    return found


def the_log_is_written_by_the_kernel_alone(tree: Tree) -> Iterator[Sin]:
    """Answers, audit and outbox rows are the pipeline's; in the kernel too only its own rooms name them."""
    for module in tree.modules():
        if module.app != "kernel" or module.room in _WRITERS:
            continue
        for text, line in module.strings():
            if re.search(r"\bkernel_(answer|audit|outbox)", text):
                yield module.sin(line, "the log's tables are touched in kernel.log and kernel.idempotency")


def money_is_whole(tree: Tree) -> Iterator[Sin]:
    """No float near money: none in the wallet's reckoning, none under a name of money anywhere."""
    for module in tree.modules():
        if (module.app == "wallet" and module.room in _RECKONING) or module.path == "kernel/money.py":
            yield from _floats(module)
        for node in module.walk(ast.AnnAssign, ast.arg):
            name = node.arg if isinstance(node, ast.arg) else chain(node.target).split(".")[-1]
            if _MONEY.search(name) and node.annotation is not None and "float" in ast.unparse(node.annotation):
                yield module.sin(node.lineno, f"{name} is money and no float")


def _floats(module: Module) -> Iterator[Sin]:
    for node in module.walk(ast.Constant, ast.Call, ast.BinOp):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield module.sin(node.lineno, f"{node.value} is a float; money is whole")
        if isinstance(node, ast.Call) and chain(node.func).split(".")[-1] in ("float", "FloatField", "DecimalField"):
            yield module.sin(node.lineno, f"{chain(node.func)} near money; money is whole")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not _is_path(node):
            yield module.sin(node.lineno, "`/` makes a float; divide with // and say who gets the rest")


def _is_path(node: ast.BinOp) -> bool:
    return any(isinstance(side, ast.Constant) and isinstance(side.value, str) for side in (node.left, node.right))


RULES = (
    keys_point_home_or_to_the_resident,
    nobody_fetches_foreign_models,
    tables_are_named_at_home,
    the_log_is_written_by_the_kernel_alone,
    money_is_whole,
)
