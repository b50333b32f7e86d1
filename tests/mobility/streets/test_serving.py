"""The map in use is that of the network that is served, as soon as it is brought in and until it is put away."""

import pytest
from django.core.management import call_command

from mobility import services
from mobility.engine.streets import PROFILES, Straight, Town
from tests.mobility.bringing.office import NOON, bring, register, small
from tests.mobility.engine.streets.small_map import at, write_pbf

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
