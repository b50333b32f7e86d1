"""A map comes into the city: what is refused, how it is kept, how one goes back, and where its makers are named."""

import random
import shutil
from io import StringIO
from pathlib import Path

import numpy as np
import osmium
import pytest
from django.core.management import CommandError, call_command

from mobility.engine.streets import PROFILES, Straight, Targets, Town
from mobility.engine.streets.arrays import Unfit, network_of
from mobility.engine.streets.compiling import network_of_map
from mobility.gateways import street_files, street_store
from mobility.gateways.street_files import Area, MapRefused, read_map
from mobility.gateways.street_store import MapMissing, streets_in_use
from tests.mobility.engine.streets.porto_alegre import CATHEDRAL, GASOMETER, LAKE, MAP
from tests.mobility.engine.streets.small_map import at, write_pbf
from tests.mobility.feeds import needs_open_data

WALK = PROFILES["walk"]
NODES = {"A": (0, 0), "B": (100, 0), "C": (100, 100, {"barrier": "gate"}), "D": (300, 100)}
WAYS = [
    ("A B", {"highway": "residential", "name": "青井通り"}),
    ("B C", {"highway": "steps"}),
    ("C D", {"highway": "service"}),
]


@pytest.fixture
def home(settings, tmp_path):
    settings.MACHI_HOME = tmp_path / "home"
    return settings.MACHI_HOME


def small(path, name="small.osm.pbf", ways=WAYS):
    return write_pbf(path / name, NODES, ways)


def bring(*arguments, **options):
    out = StringIO()
    call_command("import_streets", *arguments, stdout=out, **options)
    return out.getvalue()


def refusal(path, **options):
    with pytest.raises(MapRefused) as refused:
        read_map(path, **options)
    return refused.value.code


def test_before_any_map_ways_are_estimated(home):
    streets = streets_in_use(1.4)
    assert streets == Straight(1.4)
    assert streets.attribution == ""
    assert "No map is in use" in bring()


def test_a_map_is_brought_in_and_used_at_once(home, tmp_path):
    said = bring(small(tmp_path))
    assert "Read 3 ways." in said
    assert "© OpenStreetMap contributors" in said
    streets = streets_in_use(1.4)
    assert isinstance(streets, Town)
    assert streets.straight.factor == 1.4
    assert streets.attribution == "© OpenStreetMap contributors"
    way = streets.way(at(0, 0), at(100, 50), WALK)
    assert (way.metres, way.is_estimate, way.steps[0].name) == (150, False, "青井通り")
    assert streets_in_use(1.4) is streets  # opened once a process
    assert {path.name for path in (home / "streets").iterdir()} == {"active", street_store.active()}


def test_the_arrays_are_shared_and_nobody_can_change_them_for_another(home, tmp_path):
    bring(small(tmp_path))
    one = street_store.open_map(street_store.active())
    assert isinstance(one.network.edge_cm.base, np.memmap)
    one.network.edge_cm[:] = 1
    other = street_store.open_map(street_store.active())
    assert other.network.edge_cm.tolist() == [10000, 10000, 19999]


def test_one_goes_back_to_an_earlier_map_and_to_none(home, tmp_path):
    bring(small(tmp_path))
    first = street_store.active()
    bring(small(tmp_path, "other.osm.pbf", [("A B C D", {"highway": "residential"})]))
    second = street_store.active()
    assert first != second
    assert f"* {second} other.osm.pbf 0 km" in bring()
    bring(use=first)
    assert street_store.active() == first
    bring(without=True)
    assert isinstance(streets_in_use(), Straight)
    assert first in bring()


def test_a_bad_map_never_replaces_a_good_one(home, tmp_path):
    bring(small(tmp_path))
    used = street_store.active()
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(small(tmp_path).read_bytes()[:-20])
    for file, said in (
        (broken, "damaged"), (tmp_path / "none.osm.pbf", "no such file"), (Path(__file__), "no .osm.pbf"),
        (small(tmp_path, "empty.osm.pbf", [("A B", {"building": "yes"})]), "no streets"),
        (small(tmp_path, "private.osm.pbf", [("A B", {"highway": "service", "access": "private"})]), "no streets"),
    ):  # fmt: skip
        with pytest.raises(CommandError, match=said):
            bring(file)
        assert street_store.active() == used
    with pytest.raises(CommandError, match="no such map"):
        bring(use="0" * 64)
    assert street_store.active() == used
    assert not list((home / "streets").glob("*.half"))


def test_a_map_damaged_on_disk_is_as_none_and_is_mended_by_bringing_it_in_again(home, tmp_path):
    bring(small(tmp_path))
    digest = street_store.active()
    arrays = home / "streets" / digest
    np.save(arrays / "arc_to.npy", np.full(6, 99, dtype=np.int32))
    with pytest.raises(MapMissing, match="leads nowhere: arc_to"):
        street_store.open_map(digest)
    street_store._opened.cache_clear()
    assert isinstance(streets_in_use(), Straight)
    (arrays / "arc_to.npy").unlink()
    with pytest.raises(MapMissing, match="missing: arc_to"):
        street_store.open_map(digest)
    bring(small(tmp_path))
    street_store._opened.cache_clear()
    assert isinstance(streets_in_use(), Town)
    shutil.rmtree(arrays)
    with pytest.raises(CommandError, match="no such map"):
        bring(use=digest)


@pytest.mark.parametrize("field", ["arc", "shape", "cell", "name", "edge_cm", "grid", "names", "shape_lat"])
def test_arrays_that_do_not_fit_are_no_map(tmp_path, field):
    arrays = network_of_map(read_map(small(tmp_path)))._asdict()
    assert network_of(arrays).edges == 3
    for wrong in (arrays[field].astype(np.int64), arrays[field][:-1], np.concatenate((arrays[field], arrays[field]))):
        with pytest.raises(Unfit):
            network_of(arrays | {field: wrong})


def test_only_an_area_is_taken(home, tmp_path):
    south, west = at(-10, -10)
    north, east = at(150, 150)
    records = read_map(small(tmp_path), area=Area(south, west, north, east))
    assert len(records.node_id) == 3
    bring(small(tmp_path), f"--area={south},{west},{north},{east}")
    assert street_store.open_map(street_store.active()).network.edges == 2
    for wrong in ("1,2,3", "a,b,c,d", "5,0,4,1", "nan,0,1,1"):
        with pytest.raises(CommandError, match="--area"):
            bring(small(tmp_path), f"--area={wrong}")


def test_more_than_a_map_can_have_is_not_read(monkeypatch, tmp_path):
    path = small(tmp_path)
    for name, most in (("MOST_BYTES", 100), ("MOST_WAYS", 2), ("MOST_NODES", 3)):
        with monkeypatch.context() as patch:
            patch.setattr(street_files, name, most)
            assert refusal(path) == "too_large"
    assert refusal(path, area=Area(0, 0, 1, 1)) == "no_streets"


@pytest.mark.parametrize("packed", ["zlib", "none"])
def test_damaged_files_are_refused_and_never_crash(tmp_path, packed):
    path, dice = tmp_path / "raw.osm.pbf", random.Random(f"damage {packed}")
    file = osmium.io.File(str(path), f"pbf,pbf_compression={packed}")
    with osmium.SimpleWriter(file) as out:
        for thing in osmium.FileProcessor(str(small(tmp_path))):
            out.add(thing)
    whole, told = path.read_bytes(), set()
    assert len(read_map(path).ways) == 3
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(dice.choice((1, 1, 5, 20))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        if dice.random() < 0.3:
            del damaged[dice.randrange(len(damaged)) :]
        path.write_bytes(damaged)
        try:
            network_of_map(read_map(path))
        except MapRefused as refused:
            told.add(refused.code)
    assert {"broken", "not_pbf"} <= told <= {"broken", "not_pbf", "no_streets", "too_large"}


@pytest.mark.slow  # a whole town is read and laid out
@needs_open_data
def test_porto_alegre(home):
    said = bring(MAP)
    assert "1904 km of streets in 27816 pieces" in said
    streets = streets_in_use()
    way = streets.way(CATHEDRAL, GASOMETER, WALK)
    assert 1000 < way.metres < 1800
    assert way.seconds == pytest.approx(way.metres / 1.333, rel=0.2)
    assert any("Rua" in step.name for step in way.steps)
    assert streets.way(CATHEDRAL, LAKE, WALK).reason == "end_off_streets"
    outside = (-30.20, -51.20)
    assert streets.way(CATHEDRAL, outside, WALK).is_estimate
    stops = Targets.of([GASOMETER, outside, LAKE])
    assert streets.reach(*CATHEDRAL, WALK, 86_400, stops).target.tolist() == [0, 1]
    assert streets.reach(*outside, WALK, 86_400, stops).target.tolist() == [0, 1, 2]
    walks = streets.between(stops, WALK, 86_400)
    assert list(zip(walks.begin.tolist(), walks.end.tolist(), strict=True)) == [(0, 1), (1, 0), (1, 2), (2, 1)]
