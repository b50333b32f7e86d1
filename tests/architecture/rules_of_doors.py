"""Doors read, call and answer; the domain knows neither the wire nor the clock; what goes round the walls is a sin too."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import APPS, DOMAIN, DOORS, Module, Sin, Tree, chain

_ROWS = {"objects", "_default_manager", "_base_manager"}
_ENVIRONMENT = ("os.environ", "os.getenv", "os.putenv", "environ", "getenv")
_STARTERS = ("manage.py", "config/asgi.py", "config/wsgi.py", "config/celery.py")
_LOADERS = ("importlib.import_module", "django.utils.module_loading.import_string")
_WRITES = {"save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "create"}


def doors_touch_no_rows(tree: Tree) -> Iterator[Sin]:
    """A door makes one service or selector call: no manager, no connection, no transaction; a model is a type at most."""
    for module in tree.rooms(*DOORS):
        for node in module.walk(ast.Attribute):
            if node.attr in _ROWS:
                yield module.sin(node.lineno, f"{chain(node)} touches rows; call a service or a selector")
        for name, line in module.imports:
            if name.startswith(("django.db.", "psycopg.")):
                yield module.sin(line, f"{name} belongs below the services")
        yield from _models_at_work(module)


def _models_at_work(module: Module) -> Iterator[Sin]:
    """Find models that are more than a type here."""
    imported = {name.split(".")[-1] for name, _line in module.imports if name.startswith(f"{module.app}.models.")}
    models = {name for name in imported if not name.isupper()}  # a constant is no row
    notes = [node.annotation for node in module.walk(ast.arg, ast.AnnAssign)] + [
        node.returns for node in module.functions()
    ]
    types = {id(part) for note in notes if note is not None for part in ast.walk(note)}
    for node in module.walk(ast.Name):
        if node.id in models and id(node) not in types:
            yield module.sin(node.lineno, f"{node.id} at work in a door; call a service or a selector")


def domain_knows_no_http(tree: Tree) -> Iterator[Sin]:
    """Services, selectors, models and engines import nothing of HTTP (import-linter cannot see inside Django)."""
    for module in tree.rooms(*DOMAIN):
        for name, line in module.imports:
            if name.startswith(("django.http", "django.shortcuts", "django.urls", "django.views", "kernel.web")):
                yield module.sin(line, f"{name} belongs to the doors")


def only_doors_ask_the_time(tree: Tree) -> Iterator[Sin]:
    """Everything below the doors is told the instant as ``at``, SQL too; a gateway is a door to the outside."""
    for module in tree.rooms(*(room for room in DOMAIN if room != "gateways")):
        for name, line in module.imports:
            if name == "kernel.clock.now":
                yield module.sin(line, "the present is for doors; take `at`")
        for node in module.walk(ast.Attribute):
            if chain(node) in ("clock.now", "kernel.clock.now"):
                yield module.sin(node.lineno, "the present is for doors; take `at`")
        for text, line in module.strings():
            if any(word in text.lower() for word in ("now()", "current_timestamp", "current_date", "clock_timestamp")):
                yield module.sin(line, "the database's clock is nobody's; pass the instant")


def selectors_only_read(tree: Tree) -> Iterator[Sin]:
    """A selector writes no rows."""
    for module in tree.rooms("selectors"):
        for call in module.calls():
            words = chain(call.func).split(".")
            if _ROWS & set(words) and ({"update"} | _WRITES) & set(words):
                yield module.sin(call.lineno, f"{chain(call.func)} writes; that is a service")
        for text, line in module.strings():
            if text.lstrip().upper().startswith(("INSERT ", "UPDATE ", "DELETE ", "MERGE ", "TRUNCATE ")):
                yield module.sin(line, "this statement writes; that is a service")


def use_cases_take_names(tree: Tree) -> Iterator[Sin]:
    """A use case takes its act and then keywords only, so that a call reads as a sentence."""
    for module in tree.modules():
        for node in module.functions():
            positional = [argument.arg for argument in node.args.posonlyargs + node.args.args]
            is_use_case = any(chain(mark).split(".")[-1] == "use_case" for mark in node.decorator_list)
            if is_use_case and positional != ["act"]:
                yield module.sin(node.lineno, f"{node.name} takes more than `act` by position")


def front_doors_say_what_they_offer(tree: Tree) -> Iterator[Sin]:
    """The front doors ``services`` and ``selectors`` list in ``__all__`` what outsiders may take."""
    for module in tree.rooms("services", "selectors"):
        if module.parts[2:] == ("__init__",) and module.imports and "__all__" not in module.text:
            yield module.sin(1, "a front door without __all__")


def only_one_reads_the_environment(tree: Tree) -> Iterator[Sin]:
    """``kernel/environment.py`` reads the environment; who starts Django may name its settings."""
    for module in tree.modules():
        lines = module.text.splitlines()
        for node in module.walk(ast.Attribute, ast.Name):
            starts = module.path in _STARTERS and "DJANGO_SETTINGS_MODULE" in lines[node.lineno - 1]
            if chain(node) in _ENVIRONMENT and not starts and module.path != "kernel/environment.py":
                yield module.sin(node.lineno, "only kernel.environment reads the environment")


def nobody_signals(tree: Tree) -> Iterator[Sin]:
    """No signals: call a lower floor's front door, or leave an event in the outbox. Composition may hear those of its tools."""
    for module in tree.modules():
        for name, line in module.imports:
            if name.startswith("django.dispatch") or (".signals." in name and module.app != "config"):
                yield module.sin(line, f"{name}: a signal hides who calls whom")


def nobody_imports_by_name(tree: Tree) -> Iterator[Sin]:
    """Loading a module by its name goes round every wall; only the kernel's registry and the composition do it."""
    for module in tree.modules():
        if module.app not in APPS:
            continue
        loaded = [(name, line) for name, line in module.imports if name in _LOADERS]
        for name, line in loaded + [("__import__", call.lineno) for call in module.calls("__import__")]:
            yield module.sin(line, f"{name} goes round the walls")


RULES = (
    doors_touch_no_rows,
    domain_knows_no_http,
    only_doors_ask_the_time,
    selectors_only_read,
    use_cases_take_names,
    front_doors_say_what_they_offer,
    only_one_reads_the_environment,
    nobody_signals,
    nobody_imports_by_name,
)
