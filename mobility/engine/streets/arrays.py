"""A street map as flat arrays of whole numbers. Nothing in them is ever changed: closures and profiles make arrays beside them."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from mobility.engine.streets.kinds import Kind
from mobility.engine.streets.records import UNITS_A_DEGREE
from mobility.engine.streets.spots import Spot
from mobility.engine.timetable.arrays import Array

KIND_WIDTH, SPOT_WIDTH = len(Kind._fields), len(Spot._fields)


class Network(NamedTuple):
    """Streets as nodes and edges, each numbered from 0. A tuple, so that compiled code takes it as it is.

    Coordinates are whole numbers of 1/10,000,000 degree. Edge ``e`` leads from node ``edge_from[e]`` to ``edge_to[e]`` over
    ``edge_cm[e]`` centimetres; its line is ``shape_lat`` and ``shape_lon`` in ``[shape[e], shape[e + 1])``, both ends included, and
    ``shape_edge`` tells the edge of each point. ``kind[edge_kind[e]]`` is what its tags say, seen along the line, ``node_spot`` in
    the same way what stands on a node. An *arc* is an edge in one direction: those that leave node ``n`` are
    ``[arc[n], arc[n + 1])``, lead to ``arc_to``, and ``arc_edge`` is twice the edge, plus one against its line.
    Name ``m`` is the UTF-8 of ``names`` between ``name[2 * m]`` and the next, in English from there to the one after that.
    The index divides the map into ``grid`` (south, west, step of latitude, step of longitude, rows, columns); the lines that
    touch cell ``c`` begin at the points ``cell_point`` in ``[cell[c], cell[c + 1])``.
    """

    node_lat: Array
    node_lon: Array
    node_spot: Array
    edge_from: Array
    edge_to: Array
    edge_cm: Array
    edge_kind: Array
    edge_name: Array
    shape: Array
    shape_lat: Array
    shape_lon: Array
    shape_edge: Array
    arc: Array
    arc_to: Array
    arc_edge: Array
    kind: Array
    spot: Array
    name: Array
    names: Array
    grid: Array
    cell: Array
    cell_point: Array

    @property
    def nodes(self) -> int:
        """Return how many nodes there are."""
        return len(self.node_lat)

    @property
    def edges(self) -> int:
        """Return how many edges there are."""
        return len(self.edge_cm)

    def names_of(self, name: int) -> tuple[str, str]:
        """Return a name, and the same in English or nothing."""
        begin, middle, end = self.name[2 * name : 2 * name + 3].tolist()
        return self.names[begin:middle].tobytes().decode(), self.names[middle:end].tobytes().decode()

    def box(self) -> tuple[float, float, float, float]:
        """Return south, west, north and east of the map in degrees."""
        return (
            float(self.shape_lat.min()) / UNITS_A_DEGREE,
            float(self.shape_lon.min()) / UNITS_A_DEGREE,
            float(self.shape_lat.max()) / UNITS_A_DEGREE,
            float(self.shape_lon.max()) / UNITS_A_DEGREE,
        )


class Unfit(ValueError):
    """These arrays are no street map."""


def network_of(arrays: Mapping[str, Array]) -> Network:
    """Return the map whose arrays these are, by the names of its fields.

    :raises Unfit: where one is missing, is of another type, or leads out of another.
    """
    missing = [field for field in Network._fields if field not in arrays]
    if missing:
        raise Unfit(f"missing: {', '.join(missing)}")
    network = Network(**{field: arrays[field] for field in Network._fields})
    wrong = [field for field, each in zip(Network._fields, network, strict=True) if each.dtype != _dtype(field)]
    if wrong:
        raise Unfit(f"of another type: {', '.join(wrong)}")
    bounds = (
        ("edge_from", network.nodes), ("edge_to", network.nodes), ("arc_to", network.nodes), ("arc_edge", 2 * network.edges),
        ("edge_kind", len(network.kind)), ("node_spot", len(network.spot)), ("edge_name", len(network.name) // 2),
        ("shape_edge", network.edges), ("shape", len(network.shape_lat) + 1), ("cell_point", len(network.shape_lat)),
        ("arc", len(network.arc_to) + 1), ("cell", len(network.cell_point) + 1), ("name", len(network.names) + 1),
    )  # fmt: skip
    for field, most in bounds:
        values = arrays[field]
        if len(values) and not (int(values.min()) >= 0 and int(values.max()) < most):
            raise Unfit(f"leads nowhere: {field}")
    _check_rows(network)
    return network


def _check_rows(network: Network) -> None:
    """Refuse arrays whose lengths do not fit one another, or whose beginnings do not rise."""
    nodes, edges, points = network.nodes, network.edges, len(network.shape_lat)
    lengths = (
        (nodes, (network.node_lon, network.node_spot)), (points, (network.shape_lon, network.shape_edge)),
        (edges, (network.edge_from, network.edge_to, network.edge_kind, network.edge_name)),
        (2 * edges, (network.arc_to, network.arc_edge)), (6, (network.grid,)),
    )  # fmt: skip
    if len(network.name) % 2 == 0 or not all(len(each) == length for length, rows in lengths for each in rows):
        raise Unfit("lengths do not fit")
    if network.kind.shape[1:] != (len(Kind._fields),) or network.spot.shape[1:] != (len(Spot._fields),):
        raise Unfit("kinds do not fit")
    begins = (
        (network.shape, edges, points), (network.arc, nodes, 2 * edges),
        (network.cell, int(network.grid[4]) * int(network.grid[5]), len(network.cell_point)),
        (network.name, len(network.name) - 1, len(network.names)),
    )  # fmt: skip
    for begin, count, whole in begins:
        if len(begin) != count + 1 or begin[0] != 0 or begin[-1] != whole or (np.diff(begin) < 0).any():
            raise Unfit("beginnings do not fit")


def _dtype(field: str) -> np.dtype[np.uint8] | np.dtype[np.int32]:
    return np.dtype(np.uint8) if field == "names" else np.dtype(np.int32)
