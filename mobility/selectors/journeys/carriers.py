"""Who carries people besides buses and trains now: the bicycles that stand at docks, the taxis that somebody offers."""

from collections.abc import Mapping

from django.conf import settings

from mobility.engine.journeys.approaches import Carrier
from mobility.engine.journeys.asking import Mode
from mobility.engine.journeys.taxis import Quotes, Taxis
from mobility.gateways.taxi_quotes import NoTaxis, TwinTaxis

WAYS: Mapping[str, Quotes] = {"": NoTaxis(), "twin": TwinTaxis()}


def carriers_now() -> Mapping[Mode, Carrier]:
    """Return who may be asked, by the mode that a journey's question names."""
    return {"taxi": Taxis(WAYS[settings.MOBILITY_TAXI_QUOTES])}
