"""Ways through town on foot, by wheelchair, bicycle and car: over a map's streets, or as an estimate where there is no map."""

from mobility.engine.streets.closures import Closure, NoPlace
from mobility.engine.streets.isochrones import Band, as_geojson, bands_of
from mobility.engine.streets.profiles import PROFILES, Profile
from mobility.engine.streets.straight import Straight
from mobility.engine.streets.street_map import StreetMap
from mobility.engine.streets.town import Town
from mobility.engine.streets.words import Gap, Reached, Step, Streets, Targets, Walks, Way

__all__ = [
    "PROFILES", "Band", "Closure", "Gap", "NoPlace", "Profile", "Reached", "Step", "Straight", "StreetMap", "Streets", "Targets",
    "Town", "Walks", "Way", "as_geojson", "bands_of",
]  # fmt: skip
