"""Small feeds with fares: the parts that a test does not speak of are filled in."""

from datetime import date

from mobility.engine.fares import Fares, Ride, read_fares
from mobility.engine.gtfs import Faults

DAY = date(2026, 6, 10)  # a Wednesday


def lines(text):
    """Return a file's bytes: one row a line, or rows parted by semicolons."""
    return "\n".join(row.strip() for row in text.replace(";", "\n").strip().splitlines()).encode()


def files(**texts):
    """Return the files of a feed with stops A to F in zones 1 to 6 and routes r, s, t; ``fare_rules="…"`` writes that file."""
    given = {
        "agency": "agency_id,agency_name\nx,見本バス",
        "stops": "stop_id,stop_name,zone_id,parent_station\n"
        + "\n".join(f"{s},{s},{n}," for n, s in enumerate("ABCDEF", 1)),
        "routes": "route_id,route_type;r,3;s,3;t,3",
        "calendar": (
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
            "week,1,1,1,1,1,0,0,20260101,20261231\nend,0,0,0,0,0,1,1,20260101,20261231"
        ),
    }
    return {f"{name}.txt": lines(text) for name, text in (given | texts).items()}


def fares(**texts):
    """Return the fares of one such feed, called f, as they come back from bytes."""
    faults = Faults()
    read = read_fares(files(**texts), faults)
    assert not faults.refuse(), faults.found
    return Fares.from_bytes(Fares({"f": read} if read else {}).to_bytes())


def faults_of(**texts):
    """Return what is found wrong: code, file, line, field and value."""
    faults = Faults()
    read_fares(files(**texts), faults)
    return [(each.code, each.file, each.line, each.field, each.value, each.weight) for each in faults.found]


def ride(told, at="8:00", *, feed="f", day=DAY, through="", minutes=10, is_seated=False):
    """Return a ride: ``"r A B"``."""
    route, board, alight = told.split()
    hours, minute = at.split(":")
    leaves = int(hours) * 3600 + int(minute) * 60
    return Ride(feed, route, board, alight, day, leaves, leaves + minutes * 60, tuple(through), is_seated)
