"""Fares by routes and zones, one rule at a time."""

import pytest

from mobility.engine.fares import ChangeDiscount, Fares, TownRules, price, read_fares, sum_of
from mobility.engine.gtfs import Faults
from tests.mobility.engine.fares.feeds import fares, faults_of, files, ride

ATTRIBUTES = "fare_id,price,currency_type,payment_method,transfers,transfer_duration"


def of(town, told, **more):
    found = town.of_ride(ride(told, **more))
    return None if found is None else (found.id, found.amount)


def test_one_fare_without_rules_holds_everywhere():
    town = fares(fare_attributes=f"{ATTRIBUTES};flat,200,JPY,0,0,")
    assert of(town, "r A B") == of(town, "t F A") == ("flat", 200)


def test_a_row_with_nothing_in_it_holds_everywhere_and_a_fare_without_a_row_nowhere():
    town = {
        "fare_attributes": f"{ATTRIBUTES};flat,200,JPY,0,0,;forgotten,100,JPY,0,0,",
        "fare_rules": "fare_id,route_id;flat,",
    }
    assert of(fares(**town), "r A B") == ("flat", 200)
    assert faults_of(**town) == [("fare_without_rule", "fare_attributes.txt", 3, "", "forgotten", "remark")]


def test_rules_name_route_origin_and_destination_and_the_cheapest_that_applies_is_taken():
    town = fares(
        fare_attributes=f"{ATTRIBUTES};a,400,JPY,0,0,;b,300,JPY,0,0,;c,200,JPY,0,0,;d,100,JPY,0,0,",
        fare_rules="fare_id,route_id,origin_id,destination_id;a,r,,;b,,1,3;c,r,1,;d,s,,2",
    )
    assert of(town, "r B C") == ("a", 400)
    assert of(town, "r A C") == ("c", 200)
    assert of(town, "s A C") == ("b", 300)
    assert of(town, "s C B") == ("d", 100)
    assert of(town, "s B C") is None
    assert of(town, "t B A") is None


def test_there_is_not_back():
    town = fares(fare_attributes=f"{ATTRIBUTES};a,400,JPY,0,0,", fare_rules="fare_id,origin_id,destination_id;a,1,2")
    assert (of(town, "r A B"), of(town, "r B A")) == (("a", 400), None)


def test_a_stop_without_a_zone_is_known_to_rules_without_one_alone():
    town = fares(
        stops="stop_id,stop_name,zone_id;A,A,1;B,B,",
        fare_attributes=f"{ATTRIBUTES};a,400,JPY,0,0,;b,500,JPY,0,0,",
        fare_rules="fare_id,route_id,origin_id,destination_id;a,r,1,1;b,s,,",
    )
    assert (of(town, "r A B"), of(town, "s A B"), of(town, "r A A")) == (None, ("b", 500), ("a", 400))


def test_stops_and_routes_that_are_not_there_have_no_fare():
    town = fares(fare_attributes=f"{ATTRIBUTES};flat,200,JPY,0,0,")
    assert of(town, "r A X") is None
    assert of(town, "x A B") is None
    assert town.of_ride(ride("r A B", feed="another")) is None


def test_zones_on_the_way_must_be_just_those():
    town = fares(
        fare_attributes=f"{ATTRIBUTES};one,100,JPY,0,0,;two,200,JPY,0,0,;three,300,JPY,0,0,",
        fare_rules="fare_id,contains_id;one,1;two,1;two,2;three,1;three,2;three,3",
    )
    assert of(town, "r A A", through="AA") == ("one", 100)
    assert of(town, "r A B", through="AB") == ("two", 200)
    assert of(town, "r A C", through="ABC") == ("three", 300)
    assert of(town, "r A B", through="ACB") == ("three", 300)
    assert of(town, "r A C", through="ABCD") is None
    assert of(town, "r A B") == ("two", 200)  # without the way, the ends are asked


def test_two_operators_in_one_feed_do_not_sell_one_anothers_tickets():
    town = fares(
        agency="agency_id,agency_name;x,見本バス;y,見本鉄道",
        routes="route_id,agency_id,route_type;r,x,3;s,y,2",
        fare_attributes="fare_id,price,currency_type,payment_method,transfers,agency_id;a,200,JPY,0,1,x;b,500,JPY,1,1,y",
    )
    assert of(town, "r A B") == ("a", 200)
    assert of(town, "s A B") == ("b", 500)
    assert town.of_ride(ride("s A B")).is_paid_before
    assert price(town, [ride("r A B"), ride("s B C", "8:20")]).total == 700


@pytest.mark.parametrize(
    ("transfers", "duration", "minutes", "total"),
    [
        ("0", "", 30, 600), ("1", "", 30, 400), ("2", "", 30, 200), ("", "", 30, 200),
        ("", "3600", 30, 200), ("", "3599", 30, 400), ("2", "1799", 30, 600), ("1", "1800", 30, 400), ("0", "7200", 30, 600),
    ],
)  # fmt: skip
def test_a_ticket_lets_one_change_so_often_and_so_long(transfers, duration, minutes, total):
    town = fares(fare_attributes=f"{ATTRIBUTES};flat,200,JPY,0,{transfers},{duration}")
    rides = [ride("r A B", "8:00"), ride("s B C", f"8:{minutes}"), ride("t C D", "9:00")]
    told = price(town, rides)
    assert told.total == told.at_least == sum(line.amount for line in told.lines) == total
    assert told.lines[0].why == "fare"
    assert [line.ride for line in told.lines] == [0, 1, 2]


def test_one_ticket_from_end_to_end_or_two_whichever_is_cheaper():
    attributes = f"{ATTRIBUTES};a,150,JPY,0,0,;b,160,JPY,0,0,;through,PRICE,JPY,0,1,"
    rules = "fare_id,route_id,origin_id,destination_id;a,r,1,2;b,s,2,3;through,,1,3"
    rides = [ride("r A B"), ride("s B C", "8:20")]
    cheap = price(fares(fare_attributes=attributes.replace("PRICE", "300"), fare_rules=rules), rides)
    assert [(line.id, line.why, line.amount) for line in cheap.lines] == [
        ("through", "fare", 300),
        ("through", "change", 0),
    ]
    dear = price(fares(fare_attributes=attributes.replace("PRICE", "320"), fare_rules=rules), rides)
    assert [(line.id, line.why, line.amount) for line in dear.lines] == [("a", "fare", 150), ("b", "fare", 160)]


def test_a_ticket_outlasts_a_ride_with_somebody_else():
    flat = fares(fare_attributes=f"{ATTRIBUTES};flat,200,JPY,0,1,").feeds["f"]
    town = Fares({"f": flat, "g": fares(fare_attributes=f"{ATTRIBUTES};other,90,JPY,0,0,").feeds["f"]})
    told = price(town, [ride("r A B"), ride("r B C", "8:15", feed="g"), ride("s C D", "8:30")])
    assert [(line.id, line.amount) for line in told.lines] == [("flat", 200), ("other", 90), ("flat", 0)]


def test_unknown_is_never_nothing():
    town = fares(fare_attributes=f"{ATTRIBUTES};a,400,JPY,0,0,", fare_rules="fare_id,route_id;a,r")
    told = price(town, [ride("r A B"), ride("s B C", "8:20"), ride("r C D", "9:00", feed="another")])
    assert told[:3] == (None, 400, "JPY")
    assert told.unknown == (1, 2)
    assert [(line.why, line.amount) for line in told.lines] == [("fare", 400), ("unknown", None), ("unknown", None)]
    assert price(town, [])[:3] == (0, 0, "JPY")


def test_a_feed_without_fares_has_none():
    assert read_fares(files(), Faults()) is None
    assert fares().of_ride(ride("r A B")) is None


def test_two_currencies_do_not_add_up():
    town = Fares(
        {
            "f": fares(fare_attributes=f"{ATTRIBUTES};a,400,JPY,0,0,").feeds["f"],
            "g": fares(fare_attributes=f"{ATTRIBUTES};b,4.7,BRL,0,0,").feeds["f"],
        }
    )
    told = price(town, [ride("r A B"), ride("r A B", "9:00", feed="g")])
    assert told[:3] == (None, 0, "")
    assert [(line.amount, line.currency) for line in told.lines] == [(400, "JPY"), (470, "BRL")]


@pytest.mark.parametrize(
    ("amounts", "total", "at_least", "currency", "each"),
    [
        ([], 0, 0, "JPY", ()),
        ([(None, "")], None, 0, "JPY", ()),
        ([(470, "BRL"), (300, "JPY")], None, 0, "", (("BRL", 470), ("JPY", 300))),
        ([(470, "BRL"), (None, "JPY")], None, 470, "BRL", (("BRL", 470),)),
        ([(0, "BRL"), (300, "JPY")], 300, 300, "JPY", (("JPY", 300),)),
        ([(0, "BRL")], 0, 0, "BRL", (("BRL", 0),)),
        ([(400, "JPY"), (-60, "JPY"), (470, "BRL")], None, 0, "", (("JPY", 340), ("BRL", 470))),
    ],
)
def test_amounts_add_up_within_their_currency_alone(amounts, total, at_least, currency, each):
    assert sum_of(amounts) == (total, at_least, currency, each)


def test_what_is_wrong_is_told_with_its_line():
    assert faults_of(
        fare_attributes=f"{ATTRIBUTES};a,12.5,JPY,0,0,;b,-1,JPY,0,0,;c,100,yen,0,0,;d,100,JPY,2,9,x;a,100,JPY,0,0,;,100,JPY,0,0,",
        fare_rules="fare_id,route_id,origin_id;a,z,;x,r,;a,r,99",
    ) == [
        ("twice", "fare_attributes.txt", 6, "fare_id", "a", "fault"),
        ("value_missing", "fare_attributes.txt", 7, "fare_id", "", "fault"),
        ("unknown", "fare_rules.txt", 3, "fare_id", "x", "fault"),
        ("unknown", "fare_rules.txt", 2, "route_id", "z", "fault"),
        ("zone_without_stop", "fare_rules.txt", 4, "origin_id", "99", "remark"),
        ("price_wrong", "fare_attributes.txt", 2, "", "12.5 JPY", "fault"),
        ("price_wrong", "fare_attributes.txt", 3, "", "-1 JPY", "fault"),
        ("price_wrong", "fare_attributes.txt", 4, "", "100 yen", "fault"),
        ("fare_without_rule", "fare_attributes.txt", 2, "", "a", "remark"),
        ("fare_without_rule", "fare_attributes.txt", 3, "", "b", "remark"),
        ("fare_without_rule", "fare_attributes.txt", 4, "", "c", "remark"),
        ("fare_without_rule", "fare_attributes.txt", 5, "", "d", "remark"),
        ("value_unknown", "fare_attributes.txt", 5, "transfers", "9", "fault"),
        ("value_unknown", "fare_attributes.txt", 5, "transfer_duration", "x", "fault"),
        ("value_unknown", "fare_attributes.txt", 5, "payment_method", "2", "fault"),
    ]
    assert faults_of(fare_attributes="fare_id;a")[0][:2] == ("column_missing", "fare_attributes.txt")


@pytest.mark.parametrize("data", [b"", b"machi", b"machi-fares-1\0\0\0" + b"\xff" * 32, b"x" * 100])
def test_other_bytes_are_refused(data):
    with pytest.raises(ValueError, match="no fares"):
        Fares.from_bytes(data)


STAYS = [ride("r A C"), ride("s C F", "8:12", is_seated=True)]


def test_who_stays_in_the_vehicle_pays_one_fare_that_holds_from_end_to_end():
    flat = fares(fare_attributes=f"{ATTRIBUTES};a,200,JPY,0,0,60", fare_rules="fare_id,route_id;a,r;a,s")
    told = price(flat, STAYS)
    assert [(line.why, line.id, line.amount) for line in told.lines] == [("fare", "a", 200), ("through", "a", 0)]
    changed = price(flat, [STAYS[0], STAYS[1]._replace(is_seated=False)])
    assert (told.total, changed.total) == (200, 400)
    third = [*STAYS, ride("r F A", "8:30")]
    assert price(flat, third).total == 400
    assert price(flat, [STAYS[0]._replace(is_seated=True)]).total == 200


def test_who_stays_in_the_vehicle_pays_two_fares_where_none_is_written_for_the_whole_way():
    rules = "fare_id,route_id,origin_id,destination_id;a,r,1,3;b,s,3,6"
    by_pairs = fares(fare_attributes=f"{ATTRIBUTES};a,200,JPY,0,0,;b,180,JPY,0,0,", fare_rules=rules)
    assert [(line.why, line.amount) for line in price(by_pairs, STAYS).lines] == [("fare", 200), ("fare", 180)]
    whole = fares(
        fare_attributes=f"{ATTRIBUTES};a,200,JPY,0,0,;b,180,JPY,0,0,;c,300,JPY,0,0,;d,900,JPY,0,0,",
        fare_rules=f"{rules};c,r,1,6;c,s,1,6",
    )
    assert price(whole, STAYS).total == 300
    dear = fares(
        fare_attributes=f"{ATTRIBUTES};a,200,JPY,0,0,;b,180,JPY,0,0,;c,500,JPY,0,0,",
        fare_rules=f"{rules};c,r,1,6;c,s,1,6",
    )
    assert price(dear, STAYS).total == 380


def test_nothing_is_taken_off_for_a_change_that_nobody_makes():
    rules = TownRules(discounts=(ChangeDiscount(id="x", name="", from_feed="f", to_feed="f", off=60, within_s=3600),))
    by_pairs = fares(
        fare_attributes=f"{ATTRIBUTES};a,200,JPY,0,0,;b,180,JPY,0,0,",
        fare_rules="fare_id,route_id,origin_id,destination_id;a,r,1,3;b,s,3,6",
    )
    assert price(by_pairs, STAYS, rules=rules).total == 380
    assert price(by_pairs, [STAYS[0], STAYS[1]._replace(is_seated=False)], rules=rules).total == 320
