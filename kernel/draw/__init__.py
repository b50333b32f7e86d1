"""A draw that anyone can verify: fixed before, reckoned after, recomputed by whoever likes. See ``docs/algorithms/draw.md``."""

from kernel.draw.beacons import Beat
from kernel.draw.holding import (
    add_tickets,
    commit,
    draw_named,
    draw_places,
    faults_of,
    fetch,
    open_draw,
    places_of,
    tickets_of,
)
from kernel.draw.parties import Party, keep_half, name_parties, parties_of, recover, reveal
from kernel.draw.reckoning import Place, Rule, new_ticket

__all__ = [
    "Beat",
    "Party",
    "Place",
    "Rule",
    "add_tickets",
    "commit",
    "draw_named",
    "draw_places",
    "faults_of",
    "fetch",
    "keep_half",
    "name_parties",
    "new_ticket",
    "open_draw",
    "parties_of",
    "places_of",
    "recover",
    "reveal",
    "tickets_of",
]
