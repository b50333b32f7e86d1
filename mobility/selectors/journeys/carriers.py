"""Who carries people besides buses and trains now: the bicycles that stand at docks, the taxis that somebody offers."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

from mobility.engine.journeys.approaches import Carrier
from mobility.engine.journeys.asking import Mode, Spot
from mobility.engine.journeys.bicycles import Dock, SharedBicycles
from mobility.engine.journeys.taxis import Quotes, Taxis
from mobility.engine.network import Network
from mobility.gateways.taxi_quotes import TwinTaxis
from mobility.selectors.live.docks import docks_now
from mobility.selectors.live.sources import in_words

TAXIS: Mapping[str, Quotes] = {"twin": TwinTaxis()}
"""Who offers taxis, by the setting's word; without one nobody does."""


def carriers_now(network: Network, *, at: datetime) -> Mapping[Mode, Carrier]:
    """Return who may be asked, by the mode that a journey's question names.

    Bicycles that stood nowhere else since the last question keep what they remember of ways along the same streets.
    """
    docks = tuple(
        Dock(
            dock.id, dock.lat, dock.lon, dock.bikes if dock.is_renting else 0, dock.docks if dock.is_returning else 0,
            dock.tariffs,
        )
        for dock in docks_now(at=at)
    )  # fmt: skip
    carriers: dict[Mode, Carrier] = {}
    if offered_by := settings.MOBILITY_TAXI_QUOTES:
        carriers["taxi"] = Taxis(TAXIS[offered_by])
    if docks:
        streets: Any = network.streets
        carriers["bicycle"] = _bicycles(docks, streets, network.targets)
    return carriers


def dock_names(*, at: datetime, language: str) -> dict[Spot, str]:
    """Return what the places are called where bicycles stand."""
    return {Spot(dock.lat, dock.lon): in_words(dock.names, language) for dock in docks_now(at=at)}


@lru_cache(maxsize=4)
def _bicycles(docks: tuple[Dock, ...], *where: Any) -> SharedBicycles:
    del where
    return SharedBicycles(docks)
