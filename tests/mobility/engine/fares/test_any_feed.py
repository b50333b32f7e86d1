"""Whatever a feed's fares are, they cost what trying every rule and every ticket tells; and no bytes bring the reading down."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobility.engine.fares import Fares, price, read_fares
from mobility.engine.gtfs import Faults
from tests.mobility.engine.fares.feeds import files, ride
from tests.mobility.fare_oracle import FareOracle

STOPS = "ABCDEF"
some_zone = st.sampled_from(["", "", "1", "2", "3", "4"])
fare_rows = st.lists(
    st.tuples(st.sampled_from([100, 150, 200, 310]), st.sampled_from(["0", "1", "2", ""]), st.sampled_from(["", "1800", "3600"])),
    min_size=1, max_size=5,
)  # fmt: skip
rule_rows = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["", "r", "s"]), some_zone, some_zone, some_zone), max_size=10
)
some_rides = st.lists(
    st.tuples(
        st.sampled_from("rst"), st.sampled_from(STOPS), st.sampled_from(STOPS), st.integers(5, 40), st.text(STOPS, max_size=3),
        st.booleans(),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


def text(names, rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([names, *rows])
    return out.getvalue()


@settings(max_examples=400, deadline=None)
@given(fare_rows, rule_rows, some_rides)
def test_a_journey_costs_what_every_way_of_buying_tickets_tells(sold, ruled, taken):
    fares = [(f"f{n}", yen, "JPY", 0, transfers, duration) for n, (yen, transfers, duration) in enumerate(sold)]
    rules = [(f"f{n % len(fares)}", *rest) for n, *rest in ruled]
    feed = files(
        fare_attributes=text(
            ("fare_id", "price", "currency_type", "payment_method", "transfers", "transfer_duration"), fares
        ),
        fare_rules=text(("fare_id", "route_id", "origin_id", "destination_id", "contains_id"), rules),
    )
    faults = Faults()
    town = Fares.from_bytes(Fares({"f": read_fares(feed, faults)}).to_bytes())
    assert not faults.refuse()
    minute, rides, asked = 480, [], []
    for route, board, alight, wait, through, is_seated in taken:
        minute += wait
        rides.append(
            ride(f"{route} {board} {alight}", f"{minute // 60}:{minute % 60:02}", through=through, is_seated=is_seated)
        )
        asked.append((route, board, alight, minute * 60, tuple(through), is_seated))
    told = price(town, rides)
    assert (len(told.unknown), told.at_least) == FareOracle(feed).of_rides(asked)
    assert [line.ride for line in told.lines] == list(range(len(rides)))


NAMES = (
    "fare_attributes", "fare_rules", "fare_products", "fare_media", "rider_categories", "fare_leg_rules", "fare_transfer_rules",
    "fare_leg_join_rules", "timeframes", "route_networks", "stop_areas", "agency", "calendar",
)  # fmt: skip
HEADS = {
    "fare_attributes": "fare_id,price,currency_type,payment_method,transfers,agency_id,transfer_duration",
    "fare_rules": "fare_id,route_id,origin_id,destination_id,contains_id",
    "fare_products": "fare_product_id,fare_product_name,rider_category_id,fare_media_id,amount,currency",
    "fare_leg_rules": "leg_group_id,network_id,from_area_id,to_area_id,from_timeframe_group_id,fare_product_id,rule_priority",
    "fare_transfer_rules": "from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,fare_transfer_type",
    "timeframes": "timeframe_group_id,start_time,end_time,service_id",
}
values = st.sampled_from(
    ["", "a", "r", "1", "-1", "99999999999999999999", "JPY", "1.5", "x" * 1_000_000, "week", "25:00:00", "\0", "٣"]
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from(NAMES), st.lists(st.lists(values, max_size=8), max_size=4), max_size=6),
    st.booleans(),
)
def test_no_file_brings_the_reading_down(told, has_heads):
    written = {
        name: "\n".join(
            [HEADS.get(name, "service_id,start_date") if has_heads else "x", *(",".join(row) for row in rows)]
        )
        for name, rows in told.items()
    }
    faults = Faults()
    read = read_fares(files(**written), faults)
    if read is not None and not faults.refuse():
        Fares.from_bytes(Fares({"f": read}).to_bytes()).of_ride(ride("r A B"))
    assert all(len(each.value) <= 60 for each in faults.found)


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"\x00" * 100, b'"', b'fare_id,price,currency_type\n"a', "運賃".encode("cp932")]
)
def test_broken_bytes_are_a_fault(data):
    faults = Faults()
    read_fares(files() | {"fare_attributes.txt": data}, faults)
    assert faults.refuse()
