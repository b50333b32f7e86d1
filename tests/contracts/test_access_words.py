"""Every purpose for which personal data are read, and every class of them, has words that a resident reads in their log."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.utils import translation

from kernel.access import PersonalModel, record
from kernel.contributions import data_class_in_words, everyones, purpose_in_words

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("cityos", "accounts", "wallet", "mobility", "health", "procedures", "disaster")
OPENING = {"access", "access_many"}
PURPOSE = re.compile(r"[a-z]+\.[a-z_]+")


def purposes_in_code() -> Iterator[tuple[str, str]]:
    """Yield each purpose that code opens an access for, with its file; a purpose in a constant is yielded by its text."""
    for path in sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in OPENING:
                given = {word.arg: word.value for word in node.keywords}.get("purpose")
                if given is None:
                    continue  # another function of that name
                said = given.value if isinstance(given, ast.Constant) else _constant(ast.unparse(given), path)
                if said is not None:
                    yield str(said), path.name


def _constant(words: str, path: Path) -> str | None:
    """Return what a module calls so, None where it is not the module's but a function's own."""
    found: object = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for name in words.split("."):
        found = getattr(found, name, None)
    return found if isinstance(found, str) else None


def purposes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM kernel_purpose")
        named = {name for (name,) in cursor.fetchall()}
    return named | {purpose for purpose, _file in purposes_in_code()} | {record.PURPOSE}


def protected_classes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_expr(polqual, polrelid) FROM pg_policy")
        rules = " ".join(rule for (rule,) in cursor.fetchall())
        cursor.execute("SELECT DISTINCT unnest(classes) FROM kernel_purpose")
        named = {name for (name,) in cursor.fetchall()}
    models = {model.data_class for model in apps.get_models() if issubclass(model, PersonalModel)}
    return named | models | set(re.findall(r"machi_subjects\('([a-z_.]+)'", rules)) | {record.DATA_CLASS}


@pytest.mark.django_db
def test_every_purpose_and_every_class_has_words():
    found, classes = purposes(), protected_classes()
    assert {"accounts.my_profile", "accounts.sign_up", "accounts.my_identity"} <= found
    assert {"profile", "wallet"} <= classes
    with translation.override("ja"):
        assert {name for name in found if purpose_in_words(name) == name} == set()
        assert {name for name in classes if data_class_in_words(name) == name} == set()


def test_a_purpose_is_named_like_one():
    assert [name for name in purposes_in_code() if not PURPOSE.fullmatch(name[0])] == []


def test_words_are_words_in_every_language():
    given = [str(key) for each in everyones() for key in (*each.purposes, *each.data_classes)]
    assert len(given) == len(set(given))
    for language in ("ja", "en", "ja-easy", "zh-hans", "ko"):
        with translation.override(language):
            said = [
                str(words) for each in everyones() for words in (*each.purposes.values(), *each.data_classes.values())
            ]
            assert all(said)
            assert len(set(said)) == len(said)
