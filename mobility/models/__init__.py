"""What getting about keeps."""

from mobility.models.saved_place import MOST_SAVED, SAVED_PLACE, SavedPlace

__all__ = ["MOST_SAVED", "SAVED_PLACE", "SavedPlace"]
