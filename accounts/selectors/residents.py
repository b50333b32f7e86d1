"""Residents by the number that they read to a clerk."""

import re
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast

from accounts.models import Resident

_SHOWN = re.compile(r"[0-9a-f]{12}")


def resident_numbered(said: str) -> UUID | None:
    """Return whose number it is: the last twelve signs of the key, as My page shows them, or the whole key.

    None where nobody has it, or more than one (48 random bits: not in a town, but then the whole key is asked for).
    """
    signs = re.sub(r"[\s-]", "", said).lower()
    if len(signs) == 32:
        try:
            return UUID(signs)
        except ValueError:
            return None
    if not _SHOWN.fullmatch(signs):
        return None
    keys = Resident.objects.annotate(signs=Cast("id", CharField())).filter(signs__endswith=signs)
    found = list(keys.order_by("id").values_list("id", flat=True)[:2])
    return found[0] if len(found) == 1 else None
