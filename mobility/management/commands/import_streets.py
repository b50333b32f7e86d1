"""``manage.py import_streets FILE.osm.pbf``: take over the streets of a map, and use them at once; no database is asked."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mobility.engine.streets import PROFILES
from mobility.engine.streets.compiling import network_of_map
from mobility.engine.streets.street_map import OPENSTREETMAP
from mobility.gateways.street_files import WORLD, Area, MapRefused, read_map
from mobility.gateways.street_store import (
    MapMissing,
    about_map,
    activate,
    active,
    digest_of,
    kept_maps,
    open_map,
    write_map,
)


class Command(BaseCommand):
    """Brings a map in, goes back to an earlier one, or to none."""

    help = (
        "Import the streets of an OpenStreetMap extract and use them. Whatever is made from the map must show "
        f"“{OPENSTREETMAP}”; answers carry it. Without FILE: list the maps that are kept."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own way

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a file and an area, or what else to use."""
        parser.add_argument("file", type=Path, nargs="?", help="an .osm.pbf")
        parser.add_argument(
            "--area", type=_area, default=WORLD, help="SOUTH,WEST,NORTH,EAST in degrees: what to keep of it"
        )
        other = parser.add_mutually_exclusive_group()
        other.add_argument("--use", metavar="NAME", help="use a map that was imported before")
        other.add_argument("--without", action="store_true", help="use no map: ways are estimated")

    def handle(
        self, *_args: Any, file: Path | None, area: Area, use: str | None, without: bool, **_options: Any
    ) -> None:
        """Do what was asked; a file that cannot be used changes nothing."""
        try:
            if file is not None:
                self._import(file, area)
            elif use or without:
                activate(use or None)
                self.stdout.write(f"Using {use}." if use else "Using no map: ways are estimated.")
            else:
                self._list()
        except MapRefused as refused:
            raise CommandError(
                f"The map cannot be read: {SAID.get(refused.code, refused.code)} {refused.about}".rstrip()
            ) from None
        except MapMissing as missing:
            raise CommandError(f"There is no such map: {missing}") from None

    def _import(self, file: Path, area: Area) -> None:
        records = read_map(file, area=area, progress=self._tell)
        self.stdout.write("Laying out the streets …")
        network = network_of_map(records)
        if network is None:
            raise MapRefused("no_streets")
        digest = digest_of(file, area)
        about = write_map(digest, network, file=file.name, attribution=OPENSTREETMAP)
        streets = open_map(digest)
        streets.prepare(tuple(PROFILES.values()))  # a map that cannot be searched is not used
        activate(digest)
        self.stdout.write(
            f"{about.kilometres} km of streets in {about.edges} pieces are in use as {digest}. {about.attribution}"
        )

    def _list(self) -> None:
        used = active()
        for name in kept_maps():
            about = about_map(name)
            self.stdout.write(f"{'*' if name == used else ' '} {name} {about.file} {about.kilometres} km")
        if used is None:
            self.stdout.write("No map is in use: ways are estimated.")

    def _tell(self, what: str, count: int) -> None:
        self.stdout.write(f"Read {count} {what}.")


SAID = {
    "not_found": "there is no such file:",
    "not_pbf": "it is no .osm.pbf:",
    "too_large": "it is larger than a region's map:",
    "broken": "it is damaged:",
    "no_streets": "it has no streets there.",
}


def _area(text: str) -> Area:
    """Read four degrees; :raises ValueError: as argparse expects, for anything else."""
    area = Area(*(float(part) for part in text.split(",")))
    if not (-90 <= area.south < area.north <= 90 and -180 <= area.west < area.east <= 180):
        raise ValueError
    return area
