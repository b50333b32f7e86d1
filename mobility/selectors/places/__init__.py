"""Places by name: stops, shops, facilities and shelters."""

from mobility.selectors.places.finding import Places, PlaceTold, find_places, place_at

__all__ = ["PlaceTold", "Places", "find_places", "place_at"]
