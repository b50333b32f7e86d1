"""Draws: anybody may read and recompute them."""

from typing import Any

from django.db import transaction

from kernel import clock, draw
from kernel.principal import SYSTEM
from kernel.use_case import Act

ROOT = ".well-known/machi/draws/"

ROWS = {("GET", ROOT + "<uuid:draw_id>"): "200 200 200 200 200 200 200 200"}


def opened(_world: Any) -> str:
    """Open a draw."""
    with transaction.atomic():
        return str(draw.open_draw(Act(SYSTEM, at=clock.now()), about="抽選", rule=draw.Rule(units=1), source="city"))


MADE = {"<uuid:draw_id>": opened}
BODIES: dict[tuple[str, str], Any] = {}
