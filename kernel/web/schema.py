"""OpenAPI from msgspec: one Struct is body, answer and description."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

F = TypeVar("F", bound=Callable[..., Any])

REF = "#/components/schemas/{name}"
_components: dict[str, Any] = {}

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "request_id": {"type": "string"},
        "retry_after": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("field", "code", "message")},
            },
        },
    },
}


def describe(
    summary: str,
    *,
    body: Any = None,
    answers: Any = None,
    status: int = 200,
    keyed: bool = False,
    query: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    takes: tuple[str, ...] = (),
) -> Callable[[F], F]:
    """Describe a view's method for the OpenAPI document; the shapes come from the same Structs that the code uses.

    ``takes``: the media types of a file that is the body itself.
    """
    headers = [OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=True)] if keyed else []
    parameters = headers + [OpenApiParameter(name, str, OpenApiParameter.QUERY) for name in query]
    responses: dict[Any, Any] = {
        status: OpenApiResponse(_shape(answers), description="")
        if answers is not None
        else OpenApiResponse(description=""),
        (400, PROBLEM_MEDIA): {"$ref": "#/components/schemas/Problem"},
    }
    bodies: dict[str, Any] = {media: {"type": "string", "format": "binary"} for media in takes}
    if body is not None:
        bodies["application/json"] = _shape(body)
    return extend_schema(
        summary=summary,
        parameters=parameters,
        request=bodies or None,
        responses=responses,
        tags=list(tags) or None,
    )


PROBLEM_MEDIA = "application/problem+json"


def add_components(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: FBT001
    """Put the Structs' schemas into the document (spectacular's postprocessing hook); one problem answers all refusals."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(_components)
    schemas["Problem"] = PROBLEM
    for operations in result.get("paths", {}).values():
        for operation in operations.values():
            responses = operation.get("responses", {})
            refusal = responses.pop("400", None)
            if refusal is not None:
                responses["4XX"] = refusal | {"description": "A refusal, RFC 9457."}
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    return result


def _shape(kind: Any) -> dict[str, Any]:
    """Return a shape and keep its parts; :raises TypeError: where two Structs of one name would be one in the document."""
    (shape,), components = msgspec.json.schema_components([kind], ref_template=REF)
    for name, schema in components.items():
        if _components.setdefault(name, schema) != schema:
            raise TypeError(
                f"{name}: two Structs of this name are shown by the API, and the document knows names alone"
            )
    return shape
