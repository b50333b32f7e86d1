"""Five real operators come in together, within the time that was promised, and answer as before."""

import time

import pytest

from kernel import clock
from mobility import services
from mobility.gateways.releases import folder, open_release
from tests.mobility.bringing.office import bring, register, used
from tests.mobility.engine.gtfs.test_merging import KUMAMOTO
from tests.mobility.feeds import GTFS, needs_open_data

MOST_S = 20.0
pytestmark = [pytest.mark.slow, needs_open_data]  # real files


def test_the_merged_feed_is_in_use_within_twenty_seconds(committed_db):
    register("kumamoto")
    content = (GTFS / "kumamoto_merged.gtfs.zip").read_bytes()
    began = time.monotonic()
    found = bring("kumamoto", content)
    took = time.monotonic() - began
    assert (found.outcome, found.figures.calls) == ("taken", 201_388)
    assert took < MOST_S


def test_five_operators_are_one_network(committed_db):
    began = time.monotonic()
    for slug, name in KUMAMOTO.items():
        register(slug)
        assert bring(slug, (GTFS / name).read_bytes()).outcome == "taken"
    assert time.monotonic() - began < 3 * MOST_S  # each of them makes the whole anew
    figures = used().figures
    assert (figures["calls"], figures["stops"], figures["trips"]) == (201_388, 1872, 6926)
    size = sum(path.stat().st_size for path in (folder() / used().pk.hex).iterdir())
    assert size < 40_000_000
    began = time.monotonic()
    assert open_release(used().pk).arrays["feed.arrival"].size == 201_388
    assert time.monotonic() - began < 1.0
    network = services.current_network(at=clock.now())
    assert network.stop_numbers["kum:100001_1"] == network.stop_numbers["den:100001_1"]
    assert network.fares.feed("kum") is not None
