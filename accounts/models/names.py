"""What is public goes by a name for those who read Japanese and one for all others."""

from typing import Any

from django.utils.translation import get_language


def reader_name(row: Any) -> str:
    """Return the name of an organisation, a department or a service as the reader can read it."""
    return str(row.name if (get_language() or "ja").startswith("ja") else row.name_en)
