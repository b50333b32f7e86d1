"""Every sentence the server says is said in every language, with the same blanks to fill."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation

from config.texts import catalogues, compile_texts
from config.translation import gather, read
from wallet.errors import InsufficientFunds

BLANK = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
STAFF_ONLY = re.compile(
    r"(^|/)(admin\.py|admin/|apps\.py|models/|pages/(broadcasts|desk|desk_forms)\.py|templates/accounts/(broadcasts|desk)/"
    r"|selectors/audiences\.py)|^wallet/(pages|templates/wallet)/(?!fake_)|^wallet/selectors/(settlement_desk|tills)\.py"
    r"|^mobility/(pages|templates/mobility)/(alert|desk|feed|forms|live|sign)|^mobility/messages/feed_faults"
    r"|^mobility/services/(feeds|live)/|^mobility/services/stops/signing"
)
AGAIN = "run manage.py update_texts and translate what is empty"


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    """Return every text of the house with the files it stands in."""
    return {message.id: [file for file, _line in message.locations] for message in gather() if message.id}


def translated(source: Path) -> dict[str, str]:
    catalogue: Catalog = read(source)
    return {message.id: message.string for message in catalogue if message.id}


@pytest.mark.parametrize("source", catalogues(), ids=lambda path: path.parent.parent.name)
def test_every_text_is_translated_and_nothing_is_left_over(source: Path, said: dict[str, list[str]]) -> None:
    here, is_easy = translated(source), source.parent.parent.name == "ja_Easy"
    wanted = {text for text, files in said.items() if not (is_easy and all(STAFF_ONLY.search(file) for file in files))}
    assert here.keys() - said.keys() == set(), AGAIN
    assert {text for text in wanted if not here.get(text)} == set(), AGAIN


@pytest.mark.parametrize("source", catalogues(), ids=lambda path: path.parent.parent.name)
def test_the_blanks_are_the_same(source: Path) -> None:
    differ = {text for text, said_here in translated(source).items() if said_here and blanks(text) != blanks(said_here)}
    assert differ == set()


def blanks(text: str) -> list[str]:
    return sorted(BLANK.findall(text))


def test_english_has_no_japanese_left_in_it() -> None:
    (english,) = (source for source in catalogues() if source.parent.parent.name == "en")
    assert [said_here for said_here in translated(english).values() if JAPANESE.search(said_here)] == []


@pytest.mark.parametrize("source", catalogues(), ids=lambda path: path.parent.parent.name)
def test_no_text_says_itself_twice(source: Path) -> None:
    twice = re.compile(r"(.{12,})\1", re.DOTALL)
    assert [said_here for said_here in translated(source).values() if said_here and twice.search(said_here)] == []


def test_what_is_compiled_is_fresh_and_speaks() -> None:
    assert compile_texts() == 0
    spoken = {}
    for language in ("ja", "ja-easy", "en", "zh-hans", "ko"):
        with translation.override(language):
            spoken[language] = str(InsufficientFunds.title)
    assert len(set(spoken.values())) == 5
    assert spoken["en"] == "There is not enough balance. Top up and try again."
