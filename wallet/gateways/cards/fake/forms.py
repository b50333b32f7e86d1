"""Stripe's form encoding: ``a[b][0][c]=1`` means ``{"a": {"b": [{"c": "1"}]}}``."""

import re
from typing import Any
from urllib.parse import parse_qsl

_PARTS = re.compile(r"[^\[\]]+")


def nested(form: str) -> dict[str, Any]:
    """Return the members of a form, nested as their names say."""
    root: dict[str, Any] = {}
    for name, value in parse_qsl(form, keep_blank_values=True):
        *path, last = _PARTS.findall(name)
        place = root
        for part in path:
            place = place.setdefault(part, {})
        place[last] = value
    return {name: _lists(value) for name, value in root.items()}


def whole(text: str | None) -> int | None:
    """Return a whole number, None where none was given."""
    return None if text is None else int(text)


def _lists(value: Any) -> Any:
    """Turn members named 0, 1, 2 … into a list."""
    if not isinstance(value, dict):
        return value
    members = {name: _lists(each) for name, each in value.items()}
    return list(members.values()) if members and all(name.isdecimal() for name in members) else members
