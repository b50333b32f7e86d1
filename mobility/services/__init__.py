"""The front door of getting about: what other floors and its own doors may ask it to do."""

from mobility.services.saved_places import arrange_places, forget_place, save_place

__all__ = ["arrange_places", "forget_place", "save_place"]
