"""``docs/openapi.yaml`` is what the code says, and a valid OpenAPI 3.1 document."""

from pathlib import Path

from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "docs" / "openapi.yaml"
AGAIN = "manage.py spectacular --validate --file docs/openapi.yaml"


def document() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def test_the_kept_document_is_the_one_the_code_gives() -> None:
    fresh = OpenApiYamlRenderer().render(document(), renderer_context={}).decode()
    assert KEPT.read_text(encoding="utf-8") == fresh, f"The API has changed: run {AGAIN}"


def test_the_document_is_valid() -> None:
    schema = document()
    validate_schema(schema)
    assert schema["openapi"] == "3.1.0"
    assert reverse("schema") == "/api/schema/"


def test_every_operation_says_what_it_does_and_how_it_refuses() -> None:
    wordless = [
        f"{method} {path}"
        for path, operations in document()["paths"].items()
        for method, operation in operations.items()
        if not operation.get("summary") or "4XX" not in operation["responses"]
    ]
    assert wordless == []


def test_every_reference_is_met() -> None:
    schema = document()
    known = {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}
    assert references(schema) - known == set()


def references(node: object) -> set[str]:
    if isinstance(node, dict):
        here = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return here.union(*(references(value) for value in node.values()))
    return set().union(*(references(value) for value in node)) if isinstance(node, list) else set()
