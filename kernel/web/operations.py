"""Names of the API's operations. It stands alone: the framework's own views read the settings when they are first imported."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from kernel.web.schema import REF


class DoorSchema(AutoSchema):
    """Names an operation as spectacular does, and one that answers a page a list, so that it is told from its single rows."""

    def get_operation_id(self) -> str:
        """Return the operation's name in the document."""
        name: str = super().get_operation_id()
        answers: Any = self.get_response_serializers()
        shape = getattr(answers.get(200), "response", None) if isinstance(answers, dict) else None
        is_page = isinstance(shape, dict) and shape.get("$ref", "").startswith(REF.format(name="Page_"))
        return f"{name.removesuffix('_retrieve')}_list" if is_page and name.endswith("_retrieve") else name
