"""Lines as text, and the line that a ride draws."""

from datetime import date

from mobility.engine.journeys.lines import encoded, ride_line
from mobility.engine.live import Gathering, overlaid
from mobility.engine.live.news import TripNews, TripRef
from tests.mobility.town import town_network

DAY = date(2026, 1, 9)


def test_a_line_is_written_as_the_makers_of_the_format_write_it():
    assert encoded([(38.5, -120.2), (40.7, -120.95), (43.252, -126.453)]) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"
    assert encoded([]) == ""


def test_a_ride_follows_its_shape_between_its_stops_and_goes_straight_without_one():
    network = town_network()
    t1, night = network.trip_numbers["t1"], network.trip_numbers["night"]
    assert [(round(lat, 4), round(lon, 4)) for lat, lon in ride_line(network, t1, DAY, 0, 1)] == [
        (32.2151, 130.753), (32.214, 130.757), (32.212, 130.76),
    ]  # fmt: skip
    assert ride_line(network, night, DAY, 0, 1).tolist() == [[32.2149, 130.753], [32.212, 130.76]]


def test_a_ride_that_was_cancelled_has_the_line_that_was_planned():
    network = town_network()
    gathered, trip = Gathering(), network.trip_numbers["t1"]
    gathered.take([TripNews(TripRef("t1", start_day=DAY), "canceled")], next(iter(network.catalogues.values())), 0)
    live = network.with_live(overlaid(network.timetable, gathered.changes()))
    assert not len(live.times(trip, DAY).stop)
    assert ride_line(live, trip, DAY, 0, 1).tolist() == ride_line(network, trip, DAY, 0, 1).tolist()
