"""The API's page for people: the OpenAPI document as plain HTML, readable without JavaScript and under the strict policy."""

import json
from functools import lru_cache
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")


class Body(NamedTuple):
    """A request's or answer's shape."""

    title: str
    shape: str


class Operation(NamedTuple):
    """One address and method."""

    anchor: str
    method: str
    path: str
    summary: str
    parameters: list[dict[str, Any]]
    bodies: list[Body]


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Show every operation."""
    return render(request, "kernel/documentation.html", {"apps": operations_by_app(), "shapes": shapes()})


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return document


def operations_by_app() -> dict[str, list[Operation]]:
    """Return the operations by the app that their address names."""
    found: dict[str, list[Operation]] = {}
    for path, methods in _document()["paths"].items():
        app = path.removeprefix("/api/v1/").partition("/")[0]
        found.setdefault(app, []).extend(_operation(path, verb, methods[verb]) for verb in METHODS if verb in methods)
    return dict(sorted(found.items()))


def shapes() -> list[Body]:
    """Return the named shapes that bodies refer to."""
    schemas = _document().get("components", {}).get("schemas", {})
    return [Body(name, _pretty(schema)) for name, schema in schemas.items()]


def _operation(path: str, method: str, described: dict[str, Any]) -> Operation:
    bodies = [Body("Request", shape) for shape in _shapes_of(described.get("requestBody", {}))]
    for status, answer in described.get("responses", {}).items():
        bodies += [Body(f"Answer {status}", shape) for shape in _shapes_of(answer) or [""]]
    summary = described.get("summary") or described.get("description", "").partition("\n")[0]
    anchor = f"{method}-{path.strip('/')}".replace("/", "-").replace("{", "").replace("}", "")
    return Operation(anchor, method.upper(), path, summary, described.get("parameters", []), bodies)


def _shapes_of(part: dict[str, Any]) -> list[str]:
    return [_pretty(media.get("schema", {})) for media in part.get("content", {}).values()]


def _pretty(schema: dict[str, Any]) -> str:
    """Write a schema down; a mere reference as the name it refers to."""
    if schema.keys() == {"$ref"}:
        return str(schema["$ref"]).rpartition("/")[2]
    return json.dumps(schema, ensure_ascii=False, indent=2)
