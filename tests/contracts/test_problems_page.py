"""``docs/problems.md`` names every refusal the city can give, with its status and what to do."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django.utils import translation

from kernel.problems import DomainError

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("kernel", "cityos", "accounts", "wallet", "mobility", "health", "procedures", "disaster", "config")
ROW = re.compile(
    r"^\| <a id=\"(?P<id>[a-z_]+)\"></a>`(?P<code>[a-z_]+)` \| (?P<status>\d{3}) "
    r"\| (?P<title>[^|]+) \| (?P<advice>[^|]+) \|$"
)


def refusals() -> dict[str, type[DomainError]]:
    """Import every module of the house, then walk the family."""
    for floor in FLOORS:
        if not (ROOT / floor / "__init__.py").is_file():
            continue
        package = import_module(floor)
        for module in walk_packages(package.__path__, f"{floor}."):
            if ".migrations" not in module.name and "__main__" not in module.name:
                import_module(module.name)
    return {kind.code: kind for kind in family(DomainError) if isinstance(getattr(kind, "code", None), str)}


def family(kind: type[DomainError]) -> list[type[DomainError]]:
    children = [child for child in kind.__subclasses__() if child.__module__.partition(".")[0] in FLOORS]
    return children + [grandchild for child in children for grandchild in family(child)]


@pytest.fixture(scope="module")
def page() -> dict[str, re.Match[str]]:
    lines = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8").splitlines()
    return {row["code"]: row for line in lines if (row := ROW.match(line))}


def test_every_refusal_stands_on_the_page_and_no_other(page: dict[str, re.Match[str]]) -> None:
    assert sorted(page) == sorted(refusals())


def test_status_title_and_anchor_are_the_ones_that_are_sent(page: dict[str, re.Match[str]]) -> None:
    with translation.override("en"):
        sent = {code: (code, str(kind.status), str(kind.title)) for code, kind in refusals().items()}
    assert {code: (row["id"], row["status"], row["title"].strip()) for code, row in page.items()} == sent


def test_a_code_means_one_thing_everywhere() -> None:
    meanings: dict[str, set[int]] = {}
    for kind in family(DomainError):
        if isinstance(getattr(kind, "code", None), str):
            meanings.setdefault(kind.code, set()).add(kind.status)
    assert {code: statuses for code, statuses in meanings.items() if len(statuses) > 1} == {}
