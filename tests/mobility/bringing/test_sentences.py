"""Whatever is wrong with a timetable has a sentence."""

import ast

from django.utils import translation

from mobility.engine.gtfs import Fault
from mobility.gateways.fetching import FetchRefused
from mobility.messages.feed_faults import SENTENCES, place, sentence
from tests.places import ROOT

LOOKED_THROUGH = ("mobility/engine/gtfs", "mobility/engine/fares", "mobility/gateways", "mobility/services/feeds")


def codes():
    """Give out every code that the house's own code notes or raises."""
    for folder in LOOKED_THROUGH:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                called = node.func if isinstance(node, ast.Call) else None
                name = getattr(called, "attr", getattr(called, "id", ""))
                if name in ("add", "remark", "Fault", "FilesRefused", "FetchRefused"):
                    first = node.args[0] if node.args else None
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        yield f"fetch_{first.value}" if name == "FetchRefused" else first.value


def test_every_code_has_one_and_no_other_has():
    assert {code for code in codes() if code} == set(SENTENCES)
    assert "fetch_private" in SENTENCES
    assert FetchRefused("private", "x").code == "private"


def test_a_sentence_names_what_stands_there():
    fault = Fault("unknown", "trips.txt", 7, "route_id", "r9")
    assert (place(fault), sentence(fault)) == ("trips.txt:7", "「route_id」の「r9」が、ほかのファイルにありません。")
    assert place(Fault("not_zip", "")) == ""
    with translation.override("en"):
        assert sentence(fault) == "“r9” in “route_id” is in no other file."
