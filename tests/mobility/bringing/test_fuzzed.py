"""Whatever a file holds, looking at it ends in a report: never a crash, never half a timetable."""

import io
import random
import struct
import zipfile
from datetime import timedelta
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobility.engine.gtfs.merging import merge
from mobility.engine.gtfs.walking import StraightWalks
from mobility.engine.timetable import lanes_of
from mobility.engine.timetable.compiling import timetable_of
from mobility.gateways.feed_files import FilesRefused, pack, read_files, unpack
from mobility.services.feeds.examining import examine
from tests.mobility.engine.gtfs.test_directory import STANDARD, TOWN
from tests.mobility.feeds import GTFS, needs_open_data

FULL = TOWN | {
    "translations.txt": STANDARD.encode(),
    "frequencies.txt": b"trip_id,start_time,end_time,headway_secs\nt,6:00:00,6:30:00,600\n",
    "transfers.txt": b"from_stop_id,to_stop_id,transfer_type,min_transfer_time\nA,B,2,60\nA,A,0,\n",
    "calendar_dates.txt": b"service_id,date,exception_type\nall,20260610,2\n",
    "fare_attributes.txt": b"fare_id,price,currency_type,payment_method,transfers\nf,200,JPY,0,0\n",
    "fare_rules.txt": b"fare_id,route_id,origin_id,destination_id\nf,r,z1,z2\n",
}
NASTY = [
    "", " ", "-1", "-8:00:00", "99:99:99", "72:00:01", "1e9", "nan", "inf", "٣", "１", "\x00", '"', '""', "\r", "\n", ",", "'",
    "=1+1",
    "../../etc/passwd", "a" * 1_000_000, "1" * 5000, "🚌", "\u202e", "20260230", "20991231", "19000101",
    "0", "1", "A", "t", "all",
    "é" * 200_000, "<script>", "%(value)s", "{0}",
]  # fmt: skip


class Files(dict):
    """Files by name; a failure shows their names and sizes."""

    def __repr__(self):
        return str({name: len(data) for name, data in self.items()})


@st.composite
def spoiled(draw, files):
    """Return files of which some cells, lines, names or bytes are not what they were."""
    files = Files(files)
    for _n in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(files)))
        files[name] = draw(st.sampled_from(WAYS))(draw, files[name])
    if draw(st.booleans()):
        files.pop(draw(st.sampled_from(sorted(files))))
    return files


def cell(draw, data):
    lines = data.split(b"\n")
    row = draw(st.integers(0, min(len(lines) - 1, 60)))
    cells = lines[row].split(b",")
    cells[draw(st.integers(0, len(cells) - 1))] = draw(st.sampled_from(NASTY)).encode()
    lines[row] = b",".join(cells)
    return b"\n".join(lines)


def column_twice(_draw, data):
    return b"\n".join(line + b"," + line.split(b",")[0] for line in data.split(b"\n"))


def shuffled(draw, data):
    head, *lines = data.split(b"\n")
    random.Random(draw(st.integers(0, 99))).shuffle(lines)
    return b"\n".join([head, *lines])


def cut(draw, data):
    return data[: draw(st.integers(0, len(data)))]


def repeated(draw, data):
    return data + data[data.find(b"\n") :] * draw(st.integers(1, 3))


def encoded(draw, data):
    return data.decode("utf-8", "ignore").encode(
        draw(st.sampled_from(["utf-16", "cp932", "utf-8-sig", "euc-jp"])), "ignore"
    )


def noisy(draw, data):
    at = draw(st.integers(0, len(data)))
    return data[:at] + draw(st.binary(min_size=1, max_size=40)) + data[at:]


WAYS = [cell, cell, cell, column_twice, shuffled, cut, repeated, encoded, noisy]


def looked_at(content):
    """Look at a file; where it is without fault, see that a whole network comes of it."""
    seen = examine(content)
    assert seen.figures is None or seen.figures.first_day <= seen.figures.last_day
    assert all(len(each.value) <= 61 and "\x00" not in each.value for each in seen.report)
    if seen.feed is None:
        assert any(each.weight == "fault" for each in seen.report)
        return seen
    network = merge({"x": seen.feed}, StraightWalks())
    timetable = timetable_of(network)
    for day in (seen.figures.first_day, seen.figures.last_day + timedelta(days=1)):
        lanes_of(timetable, day)
        lanes_of(timetable, day, is_mirrored=True)
    return seen


def test_the_file_that_is_spoiled_is_without_fault():
    assert looked_at(pack(FULL)).figures.trips == 4


@pytest.mark.slow  # several hundred files
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(spoiled(FULL))
def test_a_spoiled_small_feed_ends_in_a_report(files):
    looked_at(pack(files))


@needs_open_data
@pytest.mark.slow  # real files, read again and again
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(spoiled(read_files(GTFS / "kumamotodentetsu.gtfs.zip") if GTFS.exists() else FULL))
def test_a_spoiled_real_feed_ends_in_a_report(files):
    looked_at(pack(files))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_zip_with_bytes_that_are_not_its_own_ends_in_a_report(data):
    content = bytearray(pack(TOWN))
    for _n in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    looked_at(bytes(content[: data.draw(st.integers(0, len(content)))]))


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_report(content):
    assert looked_at(content).feed is None


def zipped(*members):
    """Return a ZIP of (name, content)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return made.getvalue()


def refusal(content):
    with pytest.raises(FilesRefused) as refused:
        unpack(content)
    return refused.value.code


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("mobility.gateways.feed_files.MOST_BYTES", 1_000_000)
    monkeypatch.setattr("mobility.gateways.feed_files.MOST_BYTES_OF_ALL", 1_500_000)
    assert refusal(zipped(("stops.txt", b"0" * 1_000_001))) == "too_large"
    assert refusal(zipped(("a.txt", b"0" * 900_000), ("b.txt", b"0" * 900_000))) == "too_large"
    assert refusal(zipped(*((f"{n}.txt", b"x") for n in range(201)))) == "too_many_files"
    assert list(unpack(zipped(("stops.txt", b"x"), ("film.mp4", b"0" * 2_000_000)))) == ["stops.txt"]


def test_a_zip_that_lies_about_its_size_is_caught(monkeypatch):
    monkeypatch.setattr("mobility.gateways.feed_files.MOST_BYTES", 1_000_000)
    honest = zipped(("stops.txt", b"0" * 5_000_000))
    at = honest.rindex(b"PK\x01\x02")
    lying = honest[: at + 24] + struct.pack("<L", 10) + honest[at + 28 :]
    assert crc32(b"0" * 5_000_000)
    assert refusal(lying) in ("too_large", "broken", "not_zip")


def test_names_that_lead_elsewhere_lead_nowhere(tmp_path):
    content = zipped(("../../stops.txt", b"x"), ("/etc/routes.txt", b"x"), ("a/b/c/trips.txt", b"x"))
    assert set(unpack(content)) <= {"stops.txt", "routes.txt", "trips.txt"}
    assert refusal(zipped(("x/stops.txt", b"1"), ("y/stops.txt", b"2"))) == "file_twice"
    assert list(tmp_path.iterdir()) == []


def test_a_locked_zip_and_an_odd_method_are_refused():
    plain = bytearray(zipped(("stops.txt", b"x")))
    plain[6] |= 1
    plain[plain.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(plain)) == "broken"
    odd = bytearray(zipped(("stops.txt", b"x" * 100)))
    at = odd.rindex(b"PK\x01\x02")
    odd[at + 10] = odd[8] = 99
    assert refusal(bytes(odd)) == "broken"


def test_a_field_of_a_million_characters_is_a_fault_with_its_line():
    files = TOWN | {"stops.txt": TOWN["stops.txt"].replace("学校".encode(), b"x" * 1_000_000)}
    (fault,) = (each for each in looked_at(pack(files)).report if each.weight == "fault" and each.file == "stops.txt")
    assert (fault.code, fault.line) == ("unreadable", 3)


def test_a_trip_that_goes_round_is_no_fault():
    rows = "\n".join(f"t,{n},{'AB'[n % 2]},8:{n % 60:02}:00,8:{n % 60:02}:00" for n in range(60))
    files = TOWN | {"stop_times.txt": f"trip_id,stop_sequence,stop_id,arrival_time,departure_time\n{rows}\n".encode()}
    assert looked_at(pack(files)).figures.calls == 60


def test_a_station_that_is_its_own_parent_does_no_harm():
    files = TOWN | {
        "stops.txt": b"stop_id,stop_name,stop_lat,stop_lon,parent_station\nA,a,1,1,B\nB,b,1,1,A\nC,c,1,1,C\n"
    }
    assert looked_at(pack(files)).figures.stops == 3


def test_a_timetable_that_repeats_itself_beyond_measure_is_refused():
    files = FULL | {"frequencies.txt": b"trip_id,start_time,end_time,headway_secs\nt,0:00:00,72:00:00,1\n"}
    found = looked_at(pack(files))
    assert [each.code for each in found.report if each.weight == "fault"] == ["frequencies_too_many"]


def faults(files):
    """Return the faults of these files, as code, file and line."""
    content = files if isinstance(files, bytes) else pack(files)
    return {(each.code, each.file, each.line) for each in looked_at(content).report if each.weight == "fault"}


@pytest.mark.parametrize("name", ["stops.txt", "routes.txt", "trips.txt", "stop_times.txt"])
def test_a_file_that_is_missing_is_named(name):
    assert ("file_missing", name, 0) in faults({each: data for each, data in TOWN.items() if each != name})


def test_a_feed_within_a_zip_within_a_zip_is_no_feed():
    assert ("file_missing", "stops.txt", 0) in faults(zipped(("feed.zip", pack(TOWN))))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused():
    assert refusal(zipped(("stops.txt", b"1"), ("stops.txt", b"2"))) == "file_twice"


def test_names_in_capitals_are_other_names():
    capitals = {name.upper() if name == "stops.txt" else name: data for name, data in TOWN.items()}
    assert ("file_missing", "stops.txt", 0) in faults(capitals)
    assert looked_at(pack(TOWN | {"Stops.txt": b"nonsense"})).feed is not None


def test_a_link_leads_nowhere():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in TOWN.items():
            link = zipfile.ZipInfo(name)
            link.external_attr = (0o120777 if name == "stops.txt" else 0o100644) << 16
            packed.writestr(link, b"/etc/passwd" if name == "stops.txt" else data)
    assert ("column_missing", "stops.txt", 1) in faults(made.getvalue())


def test_other_encodings_are_told_by_their_line_and_marks_do_no_harm():
    text = TOWN["stops.txt"].decode()
    line = text[: text.index("学校")].count("\n") + 1
    assert ("nul", "stops.txt", 1) in faults(TOWN | {"stops.txt": text.encode("utf-16")})
    assert ("nul", "stops.txt", 2) in faults(TOWN | {"stops.txt": TOWN["stops.txt"].replace(b"\n", b"\n\0", 1)})
    wrong = {each for each in faults(TOWN | {"stops.txt": text.encode("cp932")}) if each[0] == "not_utf8"}
    assert len(wrong) == 1
    assert min(wrong)[2] <= line
    marked = {name: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for name, data in TOWN.items()}
    assert looked_at(pack(marked)).figures == looked_at(pack(TOWN)).figures


def test_rows_of_repeating_trips_that_overlap_let_nothing_leave_twice():
    rows = "t,6:00:00,7:00:00,600\nt,6:30:00,7:30:00,600\nt,6:05:00,6:06:00,60\n"
    seen = looked_at(pack(FULL | {"frequencies.txt": f"trip_id,start_time,end_time,headway_secs\n{rows}".encode()}))
    feed = seen.feed
    leaves = feed.departure[feed.trip_call[[n for n, name in enumerate(feed.trip_id) if name == "t"]]].tolist()
    assert leaves == sorted([*range(21_600, 27_000, 600), 21_900])


@pytest.mark.parametrize("trouble", ["-8:00:00", "8:61:00", "8:00", "8:00:00Z", "99:99:99"])
def test_a_time_that_is_none_is_named(trouble):
    rows = (
        f"trip_id,stop_sequence,stop_id,arrival_time,departure_time\nt,0,A,{trouble},7:00:00\nt,1,B,8:00:00,8:00:00\n"
    )
    assert faults(TOWN | {"stop_times.txt": rows.encode()}) == {("time_wrong", "stop_times.txt", 2)}


def test_a_calendar_of_a_hundred_years_is_refused():
    week = TOWN["calendar.txt"].split(b"\n")[0] + b"\nall,1,1,1,1,1,1,1,20260101,21260101\n"
    assert ("days_too_many", "calendar.txt", 0) in faults(TOWN | {"calendar.txt": week})


@pytest.mark.slow  # a hundred thousand calls
def test_a_trip_of_a_hundred_thousand_stops_is_refused():
    rows = "".join(f"t,{n},{'AB'[n % 2]},{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02},\n" for n in range(100_000))
    text = f"trip_id,stop_sequence,stop_id,arrival_time,departure_time\n{rows}"
    assert "calls_too_many" in {code for code, _file, _line in faults(TOWN | {"stop_times.txt": text.encode()})}
