"""Small maps, written on the spot as the very files that a real one comes in."""

import osmium

from mobility.engine.streets import StreetMap
from mobility.engine.streets.compiling import network_of_map
from mobility.gateways.street_files import read_map

SOUTH, WEST = 32.2000, 130.7600
METRE = 1 / 111_195.08
ACROSS = METRE / 0.84622  # a metre eastwards at this latitude


def at(east_m, north_m):
    """Return the place so many metres east and north of the corner."""
    return round(SOUTH + north_m * METRE, 7), round(WEST + east_m * ACROSS, 7)


def write_pbf(path, nodes, ways):
    """Write a map. ``nodes`` are ``{"A": (east_m, north_m, {tags})}``, ways ``("A B C", {tags})`` in drawing order."""
    numbers = {name: n for n, name in enumerate(nodes, start=1)}
    with osmium.SimpleWriter(str(path), overwrite=True) as out:
        for name, (east_m, north_m, *tags) in nodes.items():
            lat, lon = at(east_m, north_m)
            out.add_node(
                osmium.osm.mutable.Node(id=numbers[name], location=(lon, lat), tags=tags[0] if tags else {}, version=1)
            )
        for n, (names, tags) in enumerate(ways, start=1):
            nodes_of_it = [numbers.get(name, 999) for name in names.split()]
            out.add_way(osmium.osm.mutable.Way(id=n, nodes=nodes_of_it, tags=tags, version=1))
    return path


def streets_of(path, nodes, ways):
    """Return a small map as the product reads it."""
    network = network_of_map(read_map(write_pbf(path / "small.osm.pbf", nodes, ways)))
    assert network is not None
    return StreetMap(network)
