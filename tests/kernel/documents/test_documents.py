"""A document is set: everybody can read it, its bytes depend on nothing but what it says, and no name in it is a command."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kernel.documents import Document, DocumentsAway, DocumentTooLarge, missing_fonts, setting, typeset
from tests.papers import Paper, needs_fonts

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
HERE = Path(__file__).parent / "templates"

pytestmark = [needs_fonts, pytest.mark.slow]  # each is set by a process of its own


@pytest.fixture(autouse=True)
def toy(monkeypatch) -> Iterator[None]:
    source = setting._source
    source.cache_clear()
    monkeypatch.setattr(setting, "get_app_template_dirs", lambda _name: [str(HERE)])
    yield
    source.cache_clear()


def letter(body: str = "髙﨑さんと𠮷野さんへ ﾔﾏｻﾞｸﾗ ①㈱〜", **other) -> Document:
    data = {
        "body": body, "rows": [{"name": "まちの茶屋", "yen": 520}, {"name": "返金", "yen": -520}],
        "svg": SVG, "alt": "三角", "korean": "결제하세요", "chinese": "请扫描二维码付款",
    }  # fmt: skip
    said = {"template": "toy/letter.typ", "title": "お知らせ", "language": "ja", "at": AT, "data": data | other}
    return Document(**said)


def test_everybody_can_read_it() -> None:
    paper = Paper(typeset(letter()))
    assert paper.says_it_is_accessible()
    assert (paper.title, paper.language) == ("お知らせ", "ja-JP")
    assert paper.fonts_without_file() == []
    tags = paper.tags()
    assert tags[0] == "/Document"
    assert {"/H1", "/P", "/Table", "/TH", "/TD", "/Figure"} <= set(tags)
    assert "三角" in paper.alternatives()
    for words in ("髙﨑さん", "ﾔﾏｻﾞ", "①㈱〜", "1,234,567", "−89", "−520", "결제하세요", "请扫描二维码付款"):
        assert words in paper.text


def test_a_sign_that_no_font_has_becomes_a_geta() -> None:
    assert "〓野さん" in Paper(typeset(letter("𠮷野さん"))).text
    assert "〓〓" in Paper(typeset(letter("🍵ไ"))).text


def test_the_same_document_is_the_same_bytes() -> None:
    first = typeset(letter())
    assert typeset(letter()) == first
    assert typeset(letter("別")) != first


@pytest.mark.parametrize(
    "name",
    [
        '#read("/etc/passwd")',
        "] #panic() [",
        '"; #import "x"',
        "\\#",
        "$x$ *b* _i_ `c` <l> @r // /*",
        "= 見出し\n- 一",
        "#{",
    ],
)
def test_no_name_is_a_command(name) -> None:
    paper = Paper(typeset(letter(name, rows=[{"name": name, "yen": 1}])))
    assert paper.text.replace("\n", " ").count(name.replace("\n", " ")) == 2
    assert paper.tags().count("/H1") == 1


def test_a_template_sees_no_file_but_the_house(monkeypatch) -> None:
    monkeypatch.setattr(setting, "_source", lambda _name: '#import "/house.typ": *\n#show: house\n#read("../fonts.py")')
    with pytest.raises(DocumentsAway):
        typeset(letter())


def test_a_template_without_end_is_stopped(monkeypatch) -> None:
    monkeypatch.setattr(setting, "_source", lambda _name: "#let f(n) = { while true { n += 1 } }\n#f(0)")
    monkeypatch.setattr(setting, "MOST_SECONDS", 1)
    with pytest.raises(DocumentsAway):
        typeset(letter())


def test_too_much_is_refused_before_the_press() -> None:
    with pytest.raises(DocumentTooLarge):
        typeset(letter("あ" * 1_500_000))


def test_a_missing_font_is_said_and_no_boxes_are_printed(settings, tmp_path) -> None:
    settings.DOCUMENT_FONTS = str(tmp_path)
    said = missing_fonts()
    assert said is not None
    assert "BIZUDPGothic_400Regular.ttf" in said
    with pytest.raises(DocumentsAway):
        typeset(letter())
