"""The map in use is that of the network that is served, as soon as it is brought in and until it is put away."""

import numpy as np
import pytest
from django.core.management import call_command

from mobility import services
from mobility.engine.footpaths import NEAR_S, WALK
from mobility.engine.streets import PROFILES, Straight, Town
from mobility.gateways import releases
from mobility.services.feeds import serving
from tests.mobility.bringing.office import NOON, bring, register, small
from tests.mobility.engine.streets.small_map import ACROSS, METRE, SOUTH, WEST, at, write_pbf

pytestmark = pytest.mark.django_db


def test_a_map_is_served_at_once_and_put_away_at_once(settings, tmp_path):
    settings.MACHI_HOME = tmp_path / "home"
    register("red")
    bring("red", small())
    before = services.current_network(at=NOON)
    assert before.streets == Straight(settings.FEEDS["walk_detour"])
    streets = write_pbf(tmp_path / "small.osm.pbf", {"A": (0, 0), "B": (100, 0)}, [("A B", {"highway": "residential"})])
    call_command("import_streets", streets, verbosity=0)
    with_map = services.current_network(at=NOON)
    assert isinstance(with_map.streets, Town)
    assert with_map.release == before.release
    assert with_map.streets.way(at(0, 0), at(100, 0), PROFILES["walk"]).is_estimate is False
    assert before.streets.way(at(0, 0), at(100, 0), PROFILES["walk"]).is_estimate is True
    assert services.current_network(at=NOON) is with_map
    call_command("import_streets", without=True, verbosity=0)
    assert isinstance(services.current_network(at=NOON).streets, Straight)


def test_walks_from_stop_to_stop_are_sought_by_the_first_process_and_read_by_all_others(settings, tmp_path):
    settings.MACHI_HOME = tmp_path / "home"
    register("red")
    release = bring("red", small()).release_id
    east, north = (130.7 - WEST) / ACROSS, (32.0 - SOUTH) / METRE  # where the first of the two stops is
    nodes = {"A": (east, north - 50), "B": (east, north + 170)}
    call_command(
        "import_streets", write_pbf(tmp_path / "x.osm.pbf", nodes, [("A B", {"highway": "residential"})]), verbosity=0
    )
    sought = services.current_network(at=NOON).kept_walks[WALK, NEAR_S]
    assert list(zip(sought.begin, sought.end, sought.metres, strict=True)) == [(0, 1, 111), (1, 0, 111)]
    (kept,) = (releases.folder() / release.hex / releases.BESIDE).iterdir()
    np.save(kept, np.array([[0], [1], [33], [44], [0]], dtype=np.int32))  # whatever the first process wrote is believed
    serving._held = serving._Held()
    assert services.current_network(at=NOON).kept_walks[WALK, NEAR_S].seconds.tolist() == [33]
    kept.write_bytes(b"half of it")
    serving._held = serving._Held()
    again = services.current_network(at=NOON).kept_walks[WALK, NEAR_S]
    assert [each.tolist() for each in again] == [each.tolist() for each in sought]
