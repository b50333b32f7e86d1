"""Names of the API's operations. It stands alone: the framework's own views read the settings when they are first imported."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from kernel.web.schema import REF


class DoorSchema(AutoSchema):
    """Names an operation as spectacular does, and one that answers a page or a list so, to be told from its single rows."""

    def get_operation_id(self) -> str:
        """Return the operation's name in the document."""
        name: str = super().get_operation_id()
        answers: Any = self.get_response_serializers()
        shape = getattr(answers.get(200), "response", None) if isinstance(answers, dict) else None
        named = shape.get("$ref", "") if isinstance(shape, dict) else ""
        is_list = named.startswith(REF.format(name="Page_")) or named.endswith("List")
        return f"{name.removesuffix('_retrieve')}_list" if is_list and name.endswith("_retrieve") else name
