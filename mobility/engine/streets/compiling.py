"""From the records of a map to its network: chains between two junctions become one edge, and everything is laid out flat."""

from typing import NamedTuple

import numpy as np

from mobility.engine.streets.arrays import Network
from mobility.engine.streets.chains import Pieces, chains_of
from mobility.engine.streets.earth import metres_between
from mobility.engine.streets.grid import index_of
from mobility.engine.streets.kinds import Kind, kind_of
from mobility.engine.streets.records import UNITS_A_DEGREE, MapRecords, MapWay
from mobility.engine.streets.spots import NOTHING, Spot, spot_of
from mobility.engine.timetable.arrays import I32, Array

MOST_CM = 2**30


def network_of_map(records: MapRecords) -> Network | None:
    """Return the network of a map; None where it has no street that anybody may use."""
    drawn = _drawn(records)
    if not len(drawn.pieces.start):
        return None
    spots, node_spot = _spots(records)
    chains = chains_of(drawn.pieces, node_spot)
    used = np.unique(np.concatenate((chains.nodes[chains.first[:-1]], chains.nodes[chains.first[1:] - 1])))
    number = np.full(len(records.node_id), -1, dtype=I32)
    number[used] = np.arange(len(used), dtype=I32)
    edge_from, edge_to = number[chains.nodes[chains.first[:-1]]], number[chains.nodes[chains.first[1:] - 1]]
    lat, lon = records.lat[chains.nodes], records.lon[chains.nodes]
    arc, arc_to, arc_edge = _arcs(edge_from, edge_to, len(used))
    shape_edge = np.repeat(np.arange(len(edge_from)), np.diff(chains.first)).astype(I32)
    name, names = _written(drawn.names)
    grid, cell, cell_point = index_of(lat, lon, shape_edge)
    return Network(
        node_lat=records.lat[used], node_lon=records.lon[used], node_spot=node_spot[used], edge_from=edge_from, edge_to=edge_to,
        edge_cm=_lengths(lat, lon, chains.first), edge_kind=chains.kind, edge_name=chains.name, shape=chains.first, shape_lat=lat,
        shape_lon=lon, shape_edge=shape_edge, arc=arc, arc_to=arc_to, arc_edge=arc_edge, kind=np.array(drawn.kinds, dtype=I32),
        spot=np.array(spots, dtype=I32), name=name, names=names, grid=grid, cell=cell, cell_point=cell_point,
    )  # fmt: skip


class _Drawn(NamedTuple):
    """The pieces of all ways, the kinds in both directions, and the names."""

    pieces: Pieces
    kinds: list[Kind]
    names: list[tuple[str, str]]


def _drawn(records: MapRecords) -> _Drawn:
    """Cut ways into pieces from one node to the next; where a node is not on the map, the way is interrupted."""
    kinds: dict[Kind, int] = {}
    names: dict[tuple[str, str], int] = {("", ""): 0}
    rows = [np.zeros((4, 0), dtype=np.int64)]
    for way in records.ways:
        kind = kind_of(way.tags)
        if kind is None:
            continue
        for each in (kind, kind.turned()):
            kinds.setdefault(each, len(kinds))
        name = names.setdefault(_names(way), len(names))
        rows.append(_pieces(records, way, kinds[kind], name))
    start, end, piece_kind, piece_name = np.concatenate(rows, axis=1).astype(I32)
    turned = np.array([kinds[kind.turned()] for kind in kinds], dtype=I32)
    lat, lon = records.lat / UNITS_A_DEGREE, records.lon / UNITS_A_DEGREE
    metres = metres_between(lat[start], lon[start], lat[end], lon[end])
    return _Drawn(Pieces(start, end, metres, piece_kind, piece_name, turned), list(kinds), list(names))


def _pieces(records: MapRecords, way: MapWay, kind: int, name: int) -> Array:
    nodes = np.array(way.nodes, dtype=np.int64)
    place = np.searchsorted(records.node_id, nodes)
    place[place == len(records.node_id)] = 0
    is_there = records.node_id[place] == nodes
    kept = is_there[:-1] & is_there[1:] & (place[:-1] != place[1:])
    start, end = place[:-1][kept], place[1:][kept]
    return np.stack((start, end, np.full(len(start), kind), np.full(len(start), name)))


def _names(way: MapWay) -> tuple[str, str]:
    """Return what a street is called: its name, else its number."""
    return way.tags.get("name") or way.tags.get("ref", ""), way.tags.get("name:en", "")


def _spots(records: MapRecords) -> tuple[list[Spot], Array]:
    """Return the kinds of what stands on nodes, and which stands on each."""
    known: dict[Spot, int] = {NOTHING: 0}
    node_spot = np.zeros(len(records.node_id), dtype=I32)
    for node, tags in records.node_tags.items():
        place = int(np.searchsorted(records.node_id, node))
        if place < len(records.node_id) and records.node_id[place] == node:
            node_spot[place] = known.setdefault(spot_of(tags), len(known))
    return list(known), node_spot


def _arcs(edge_from: Array, edge_to: Array, nodes: int) -> tuple[Array, Array, Array]:
    """Return each edge twice, sorted by the node that it leaves."""
    leaves, leads = np.concatenate((edge_from, edge_to)), np.concatenate((edge_to, edge_from))
    edge = np.concatenate((np.arange(len(edge_from)) * 2, np.arange(len(edge_from)) * 2 + 1))
    order = np.lexsort((edge, leaves))
    arc = np.searchsorted(leaves[order], np.arange(nodes + 1)).astype(I32)
    return arc, leads[order].astype(I32), edge[order].astype(I32)


def _lengths(lat: Array, lon: Array, first: Array) -> Array:
    """Return centimetres: the pieces of each line, added up before they are rounded; no line is without length."""
    north, east = lat / UNITS_A_DEGREE, lon / UNITS_A_DEGREE
    metres = np.zeros(len(lat))
    metres[:-1] = metres_between(north[:-1], east[:-1], north[1:], east[1:])
    metres[first[1:] - 1] = 0  # from the end of one line to the start of the next nobody goes
    lengths: Array = np.clip(np.round(np.add.reduceat(metres, first[:-1]) * 100), 1, MOST_CM).astype(I32)
    return lengths


def _written(names: list[tuple[str, str]]) -> tuple[Array, Array]:
    """Return where each name begins, and all of them as UTF-8."""
    texts = [text.encode() for both in names for text in both]
    begins = np.concatenate(([0], np.cumsum([len(text) for text in texts]))).astype(I32)
    return begins, np.frombuffer(b"".join(texts), dtype=np.uint8).copy()
