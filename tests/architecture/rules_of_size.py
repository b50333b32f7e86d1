"""One subject a file, one sentence a function."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import Module, Sin, Tree

FILE_LINES, FUNCTION_LINES, LEVELS = 400, 60, 3
_NESTING = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_NAMELESS = {"helper", "helpers", "misc", "stuff", "util", "utilities", "utils", "various"}
_NAMELESS_PYTHON = _NAMELESS | {"base", "common", "lib", "shared", "tools"}
_CODE = (".py", ".ts", ".tsx", ".css", ".sql")


def files_are_short(tree: Tree) -> Iterator[Sin]:
    """A file stays under 400 lines; migrations, generated once, may be longer."""
    for path in tree.paths:
        if path.endswith(_CODE) and "/migrations/" not in path:
            lines = tree.text(path).count("\n")
            if lines >= FILE_LINES:
                yield Sin(path, lines, f"{lines} lines; at most {FILE_LINES - 1}, so it holds two subjects")


def functions_are_short(tree: Tree) -> Iterator[Sin]:
    """A function stays under 60 lines."""
    for module in tree.modules(also=("tests", "bench")):
        for node in module.walk(ast.FunctionDef, ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines >= FUNCTION_LINES:
                yield module.sin(node.lineno, f"{node.name} has {lines} lines; at most {FUNCTION_LINES - 1}")


def nesting_is_shallow(tree: Tree) -> Iterator[Sin]:
    """Three levels of nesting are enough; a fourth wants to be a function with a name. A test may hold what it opens."""
    for module in tree.modules():
        yield from _too_deep(module, module.tree, 0)


def _too_deep(module: Module, node: ast.AST, level: int) -> Iterator[Sin]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _SCOPES):
            yield from _too_deep(module, child, 0)
            continue
        deeper = level + (isinstance(child, _NESTING) and not _is_elif(node, child))
        if deeper > LEVELS:
            yield module.sin(child.lineno, f"nested {deeper} levels deep; at most {LEVELS}")
        else:
            yield from _too_deep(module, child, deeper)


def _is_elif(parent: ast.AST, child: ast.AST) -> bool:
    return isinstance(parent, ast.If) and isinstance(child, ast.If) and parent.orelse == [child]


def files_have_a_subject(tree: Tree) -> Iterator[Sin]:
    """A file or folder you want to call utils has no subject yet."""
    for path in tree.paths:
        nameless = _NAMELESS_PYTHON if path.endswith(".py") else _NAMELESS
        subjects = {part.partition(".")[0]: part for part in path.split("/")} if path.endswith(_CODE) else {}
        for name in sorted(nameless & set(subjects)):
            yield Sin(path, 1, f"{subjects[name]} names no subject")


RULES = (files_are_short, functions_are_short, nesting_is_shallow, files_have_a_subject)
