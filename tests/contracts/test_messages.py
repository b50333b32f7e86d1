"""What apps tell residents: declared once, sent with the values that fill it, and whole in every language."""

import ast
from datetime import date

import pytest
from django.conf import settings
from django.utils import translation

from accounts.engine.channels import CHANNELS
from accounts.engine.wording import blanks, fill
from accounts.services.notices.writing import checked
from kernel import contributions
from tests.architecture.tree import Module, Tree, chain

MESSAGES = sorted(contributions.messages())


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_whole_in_every_language(name: str) -> None:
    message = contributions.messages()[name]
    assert message.category in contributions.categories()
    assert message.priority in ("normal", "life")
    assert message.link == "" or message.link.startswith("/")
    with translation.override(None):
        wanted = blanks(str(message.title), str(message.body), message.link)
    values = dict.fromkeys(wanted, date(2026, 11, 21))
    assert checked(name, message, values)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            assert blanks(str(message.title), str(message.body), message.link) == wanted
            assert fill(str(message.title), values, language)
            assert "%" not in fill(str(message.body), values, language)


@pytest.mark.parametrize("name", sorted(contributions.categories()))
def test_a_category_comes_by_channels_there_are(name: str) -> None:
    category = contributions.categories()[name]
    assert str(category.title)
    assert set(category.channels) <= set(CHANNELS)


def sent(module: Module) -> list[tuple[ast.Call, str, set[str] | None]]:
    """Return each call that sends a message named there and then, and the names of its values where they stand there."""
    found = []
    for call in module.calls("notify", "broadcast"):
        words = {word.arg: word.value for word in call.keywords}
        message, values = words.get("message"), words.get("values")
        if isinstance(message, ast.Constant):
            names = {key.value for key in values.keys} if isinstance(values, ast.Dict) else None
            found.append((call, message.value, names))
    return found


def test_whoever_tells_something_has_declared_it() -> None:
    calls = [each for module in Tree().modules() for each in sent(module)]
    assert calls
    for call, name, names in calls:
        assert name in MESSAGES, f"{chain(call.func)} sends {name}, which no app declares"
        message = contributions.messages()[name]
        with translation.override(None):
            wanted = blanks(str(message.title), str(message.body), message.link)
        assert names is None or names == wanted, f"{name} has blanks for {sorted(wanted)}"
