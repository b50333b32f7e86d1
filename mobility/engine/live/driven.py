"""From where vehicles are to how late their trips are, for those that tell nothing else."""

from collections.abc import Iterable

from mobility.engine.live.catalogue import Catalogue, Unmatched
from mobility.engine.live.news import CallNews, TripNews, VehicleNews
from mobility.engine.live.overlay import planned_times
from mobility.engine.live.progress import Run, progress
from mobility.engine.timetable.arrays import Array

MOST_LATE_S = 7200
"""Whoever is later than that is more likely on another trip."""


def trip_news(
    vehicles: Iterable[VehicleNews], catalogue: Catalogue, places: tuple[Array, Array], at: int
) -> dict[str, TripNews]:
    """Return by vehicle what follows for its trip; ``places`` are latitudes and longitudes by stop, in degrees."""
    found = {}
    for vehicle in vehicles:
        news = _news(vehicle, catalogue, places, vehicle.at or at)
        if news is not None:
            found[vehicle.id] = news
    return found


def _news(vehicle: VehicleNews, catalogue: Catalogue, places: tuple[Array, Array], at: int) -> TripNews | None:
    try:
        trip, day = catalogue.find(vehicle.trip, at)
    except Unmatched:
        return None
    times = planned_times(catalogue.timetable, trip)
    run = Run(places[0][times.stop], places[1][times.stop], times.arrival, times.departure)
    found = progress(run, vehicle.lat, vehicle.lon, at - catalogue.midnight(day))
    sequences = catalogue.sequences(trip)
    if found is None or abs(found.late_s) > MOST_LATE_S or not sequences:
        return None
    call = CallNews(sequences[found.call], arrival_delay_s=found.late_s, departure_delay_s=max(0, found.late_s))
    return TripNews(vehicle.trip, calls=(call,), at=at, vehicle=vehicle.id)
