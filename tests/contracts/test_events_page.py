"""``docs/events.md`` names every event of the outbox with its fields, and who listens."""

import re
from pathlib import Path

import msgspec

from kernel.contributions import everyones
from kernel.use_case import Event
from tests.contracts.test_problems_page import FLOORS, refusals

ROOT = Path(__file__).resolve().parents[2]
HEAD = re.compile(r"^### `(?P<name>[a-z_.0-9]+)`$")
FIELD = re.compile(r"^\| `(?P<name>[a-z_]+)` \| (?P<kind>[^|]+) \| (?P<words>[^|]+) \|$")


def events() -> dict[str, type[Event]]:
    refusals()  # imports every module of the house
    found, waiting = {}, list(Event.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.partition(".")[0] in FLOORS:
            found[kind.name] = kind
    return found


def on_the_page() -> dict[str, list[str]]:
    described: dict[str, list[str]] = {}
    fields: list[str] = []
    for line in (ROOT / "docs" / "events.md").read_text(encoding="utf-8").splitlines():
        if head := HEAD.match(line):
            fields = described.setdefault(head["name"], [])
        elif field := FIELD.match(line):
            fields.append(field["name"])
    return described


def test_every_event_stands_on_the_page_with_its_fields_in_order() -> None:
    sent = {name: [field.name for field in msgspec.structs.fields(kind)] for name, kind in events().items()}
    assert on_the_page() == sent


def test_names_say_app_noun_verb_and_version() -> None:
    assert [name for name in events() if not re.fullmatch(r"[a-z]+(\.[a-z_]+){2}\.v[1-9][0-9]*", name)] == []


def test_nobody_listens_for_an_event_that_is_never_sent() -> None:
    heard = {name for given in everyones() for name in given.handlers}
    assert heard - events().keys() == set()
