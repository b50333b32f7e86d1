"""Fares by legs (Fares v2), one rule at a time."""

import pytest

from mobility.engine.fares import Classes, Payer, Rider, TownRules, price
from tests.mobility.engine.fares.feeds import DAY, fares, faults_of, ride

PRODUCTS = (
    "fare_product_id,fare_product_name,amount,currency;"
    "p1,近い,200,JPY;p2,遠い,300,JPY;p3,特別,500,JPY;t1,乗換,50,JPY;m,引く,-80,JPY"
)
NETWORKS = "network_id,route_id;bus,r;bus,s;rail,t"
AREAS = "area_id,stop_id;a,A;a,B;b,C;b,D;far,D"
RULES = "leg_group_id,network_id,from_area_id,to_area_id,fare_product_id"


def town(rules, **more):
    return fares(
        **{"fare_products": PRODUCTS, "route_networks": NETWORKS, "stop_areas": AREAS, "fare_leg_rules": rules} | more
    )


def of(lines, told, **more):
    found = lines.of_ride(ride(told, **more))
    return None if found is None else (found.id, found.amount)


def test_a_leg_is_known_by_its_network_and_both_areas():
    lines = town(f"{RULES};g,bus,a,a,p1;g,bus,a,b,p2")
    assert lines.of_ride(ride("r A B"))[:4] == ("p1", "近い", 200, "JPY")
    assert of(lines, "s B C") == ("p2", 300)
    assert of(lines, "r C B") is None
    assert of(lines, "t A B") is None
    assert of(lines, "x A B") is None


def test_a_blank_means_all_but_those_that_are_named():
    lines = town(f"{RULES};,bus,,,p1;,rail,a,,p3")
    assert of(lines, "r C E") == ("p1", 200)
    assert of(lines, "r A C") is None  # area a is named, though for the railway
    assert of(lines, "t A C") == ("p3", 500)
    assert of(lines, "t C A") is None
    assert of(town(f"{RULES};,,,,p1;,rail,,,p3"), "r A B") == ("p1", 200)
    assert of(town(f"{RULES};,,,,p1;,rail,,,p3"), "t A B") == ("p3", 500)


def test_with_priorities_a_blank_means_anything_and_the_highest_wins():
    lines = town(f"{RULES},rule_priority;,,,,p1,;,bus,,,p2,1;,,far,,p3,2")
    assert of(lines, "t A B") == ("p1", 200)
    assert of(lines, "r A B") == ("p2", 300)
    assert of(lines, "r D B") == ("p3", 500)
    assert of(lines, "r F E") == ("p2", 300)


def test_a_stop_in_two_areas_pays_what_is_cheaper():
    assert of(town(f"{RULES};,,a,b,p1;,,a,far,p2"), "r A D") == ("p1", 200)


def test_platforms_lie_in_the_areas_of_their_station_unless_they_have_their_own():
    stops = "stop_id,stop_name,location_type,parent_station;S,駅,1,;S1,駅,0,S;S2,駅,0,S;A,A,0,"
    lines = town(
        f"{RULES};,,near,home,p1;,,far,home,p2", stops=stops, stop_areas="area_id,stop_id;near,S;far,S2;home,A"
    )
    assert (of(lines, "r S1 A"), of(lines, "r S2 A")) == (("p1", 200), ("p2", 300))


def test_networks_may_stand_with_the_routes():
    routes = "route_id,route_type,network_id;r,3,bus;t,2,"
    lines = fares(fare_products=PRODUCTS, routes=routes, fare_leg_rules=f"{RULES};,bus,,,p1")
    assert (of(lines, "r A B"), of(lines, "t A B")) == (("p1", 200), None)


FRAMES = "timeframe_group_id,start_time,end_time,service_id;early,,09:00:00,week;night,22:00:00,,week;weekend,,,end"
TIMED = "fare_product_id,from_timeframe_group_id,to_timeframe_group_id;p2,,;p1,early,;p3,,night;t1,weekend,"


@pytest.mark.parametrize(
    ("at", "day", "found"),
    [
        ("8:59", 10, "p1"), ("9:00", 10, "p2"), ("21:49", 10, "p2"), ("21:50", 10, "p3"), ("24:30", 10, "p1"), ("24:30", 12, "t1"),
        ("12:00", 13, "t1"), ("22:00", 14, "t1"), ("24:00", 14, "p1"),
    ],
)  # fmt: skip
def test_the_hour_and_the_day_decide_by_the_calendar_and_not_by_the_service_day(at, day, found):
    lines = town(TIMED, timeframes=FRAMES)
    assert of(lines, "r A B", at=at, day=DAY.replace(day=day))[0] == found


RIDERS = "rider_category_id,rider_category_name,is_default_fare_category;ad,一般,1;ch,小児,0;se,敬老,0"
SOLD = "fare_product_id,rider_category_id,fare_media_id,amount,currency"
MEDIA = "fare_media_id,fare_media_name,fare_media_type;cash,現金,0;ic,見本カード,2;app,見本アプリ,4"


def paid(lines, rider, rules=TownRules()):  # noqa: B008 - rules never change
    told = price(lines, [ride("r A B")], rider, rules=rules)
    return told.total, told.lines[0].why, told.lines[0].medium


def test_categories_of_the_feed_come_before_the_house_rule():
    lines = town(
        "fare_product_id;p", fare_products=f"{SOLD};p,ad,,230,JPY;p,ch,,100,JPY;p,se,,50,JPY", rider_categories=RIDERS
    )
    assert paid(lines, Rider()) == (230, "fare", "")
    assert paid(lines, Rider(age="child")) == (100, "child", "")
    assert paid(lines, Rider(category="se")) == (50, "category", "")
    assert paid(lines, Rider(has_disability=True)) == (120, "disability", "")
    assert paid(lines, Rider(age="child", has_disability=True)) == (50, "child_disability", "")
    named = TownRules(classes={"f": Classes(categories={"disability": "se"})})
    assert paid(lines, Rider(has_disability=True), named) == (50, "disability", "")


def test_without_categories_children_pay_half():
    assert paid(town("fare_product_id;p2"), Rider(age="child")) == (150, "child", "")


def test_cash_comes_before_what_not_everybody_holds():
    sold = f"{SOLD};p,,cash,200,JPY;p,,ic,180,JPY;q,,app,100,JPY"
    lines = town("fare_product_id,network_id;p,bus;q,rail", fare_products=sold, fare_media=MEDIA)
    assert paid(lines, Rider()) == (200, "fare", "cash")
    assert paid(lines, Rider(media=frozenset({"ic"}))) == (180, "fare", "ic")
    assert lines.of_ride(ride("t A B")).medium == "app"
    assert lines.of_ride(ride("t A B"), Payer(Rider(media=frozenset({"ic"})))) is None


GROUPS = f"{RULES};b,bus,,,p1;r,rail,,,p2"
CHANGES = "from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,fare_transfer_type,fare_product_id"


def amounts(lines, *told, **more):
    found = price(
        lines, [ride(each, at) for each, at in zip(told, ("8:00", "8:20", "8:40", "9:00"), strict=False)], **more
    )
    assert found.total == sum(line.amount for line in found.lines)
    return [line.amount for line in found.lines]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("r,b,,,,0,", [200, 300]),  # nothing from bus to rail
        ("b,r,,,,0,", [200, 0]),
        ("b,r,,,,0,t1", [200, 50]),
        ("b,r,,,,1,t1", [200, 350]),
        ("b,r,,,,1,m", [200, 220]),
        ("b,r,,,,2,p3", [0, 500]),
        (",,1,,,0,", [200, 0]),
        ("b,,,,,0,", [200, 0]),
        (",r,,,,0,t1", [200, 50]),
        ("b,r,,1200,1,0,", [200, 0]),
        ("b,r,,1199,1,0,", [200, 300]),
        ("b,r,,1800,0,0,", [200, 0]),
        ("b,r,,1799,0,0,", [200, 300]),
        ("b,r,,600,2,0,", [200, 0]),
        ("b,r,,599,2,0,", [200, 300]),
        ("b,r,,1200,3,0,", [200, 0]),
        ("b,r,,1199,3,0,", [200, 300]),
    ],
)
def test_what_a_change_costs(rule, told):
    assert amounts(town(GROUPS, fare_transfer_rules=f"{CHANGES};{rule}"), "r A B", "t B C") == told


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ("b,b,1,,,0,", [200, 0, 200, 0]),
        ("b,b,2,,,0,", [200, 0, 0, 200]),
        ("b,b,-1,,,0,", [200, 0, 0, 0]),
        ("b,b,-1,2400,1,0,", [200, 0, 0, 200]),  # the time runs from the first ride
        ("b,b,1,,,0,t1;b,b,3,,,0,", [200, 50, 0, 0]),  # the narrowest rule that still counts
        ("b,b,-1,,,2,p2", [0, 300, 300, 300]),  # the sum so far stays
    ],
)
def test_how_often_one_may_change(rules, told):
    assert amounts(town(GROUPS, fare_transfer_rules=f"{CHANGES};{rules}"), "r A B", "s B C", "r C D", "s D A") == told


def test_named_groups_come_before_blanks():
    lines = town(GROUPS, fare_transfer_rules=f"{CHANGES};b,r,,,,0,t1;,,1,,,0,")
    assert amounts(lines, "r A B", "t B C") == [200, 50]
    assert amounts(lines, "r A B", "s B C") == [200, 200]  # b is named as where one comes from: a blank is all others
    assert amounts(lines, "t A B", "r B C") == [300, 0]


def test_a_change_may_be_sold_to_some_alone():
    sold = f"{SOLD};p1,,,200,JPY;p2,,,300,JPY;t1,ch,,0,JPY"
    lines = town(GROUPS, fare_products=sold, rider_categories=RIDERS, fare_transfer_rules=f"{CHANGES};b,r,,,,0,t1")
    assert amounts(lines, "r A B", "t B C") == [200, 300]
    assert amounts(lines, "r A B", "t B C", rider=Rider(age="child")) == [200, 0]


def test_of_two_ways_to_pay_a_leg_that_is_taken_which_makes_the_whole_cheapest():
    rules = f"{RULES};single,bus,,,p1;through,bus,,,p2;rail,rail,,,p3"
    lines = town(rules, fare_transfer_rules=f"{CHANGES};through,rail,,,,0,t1")
    assert of(lines, "r A B") == ("p1", 200)
    assert amounts(lines, "r A B", "t B C") == [300, 50]


def test_what_is_unknown_ends_a_chain():
    lines = town(f"{RULES};b,bus,,,p1", fare_transfer_rules=f"{CHANGES};b,b,-1,,,0,")
    told = price(lines, [ride("r A B"), ride("t B C", "8:20"), ride("s C D", "8:40")])
    assert (told.total, told.at_least, told.unknown) == (None, 400, (1,))


def test_rides_that_are_joined_are_one_leg():
    rules = f"{RULES};,bus,a,b,p2;,bus,a,a,p1"
    joins = "from_network_id,to_network_id,from_stop_id,to_stop_id"
    assert amounts(town(rules, fare_leg_join_rules=f"{joins};bus,bus,,"), "r A B", "s B C") == [300, 0]
    assert amounts(town(rules, fare_leg_join_rules=f"{joins};bus,bus,B,A"), "r A B", "s A C") == [300, 0]
    separate = town(rules, fare_leg_join_rules=f"{joins};bus,bus,B,C")
    assert amounts(separate, "r A B", "s A C") == [200, 300]
    assert amounts(town(rules, fare_leg_join_rules=f"{joins};rail,rail,,"), "r A B", "s B C") == [200, 300]


def test_legs_come_before_zones_where_a_feed_has_both():
    lines = town("fare_product_id;p1", fare_attributes="fare_id,price,currency_type;old,990,JPY")
    assert of(lines, "r A B") == ("p1", 200)


def test_what_is_wrong_is_told_with_its_line():
    told = faults_of(
        fare_products=f"{SOLD};p,nobody,,1,JPY;p,,paper,1,JPY;p,,,0.5,JPY;good,,,1,JPY",
        fare_media="fare_media_id,fare_media_type;x,9",
        timeframes="timeframe_group_id,start_time,end_time,service_id;n,10:00:00,09:00:00,week;n,00:00:00,24:00:01,week",
        fare_leg_rules="fare_product_id,rule_priority,from_timeframe_group_id;good,-1,;bad,1,;good,1,never",
        fare_transfer_rules=f"{CHANGES};a,b,,,,7,;a,a,0.5,,,0,;a,b,,x,,0,;a,b,,5,8,0,;a,b,,,,,;a,b,,,,0,bad",
        fare_leg_join_rules="from_network_id,to_network_id,from_stop_id,to_stop_id;a,b,,;a,a,A,",
        route_networks="network_id,route_id;bus,nowhere",
        stop_areas="area_id,stop_id;a,Z",
    )
    assert {each[:5] for each in told} == {
        ("unknown", "fare_products.txt", 2, "rider_category_id", "nobody"),
        ("unknown", "fare_products.txt", 3, "fare_media_id", "paper"),
        ("price_wrong", "fare_products.txt", 4, "", "0.5 JPY"),
        ("value_unknown", "fare_media.txt", 2, "fare_media_type", "9"),
        ("time_wrong", "timeframes.txt", 2, "start_time", "10:00:00 09:00:00"),
        ("time_wrong", "timeframes.txt", 3, "start_time", "00:00:00 24:00:01"),
        ("value_unknown", "fare_leg_rules.txt", 2, "rule_priority", "-1"),
        ("unknown", "fare_leg_rules.txt", 3, "fare_product_id", "bad"),
        ("unknown", "fare_leg_rules.txt", 4, "from_timeframe_group_id", "never"),
        ("value_unknown", "fare_transfer_rules.txt", 2, "fare_transfer_type", "7"),
        ("value_unknown", "fare_transfer_rules.txt", 3, "transfer_count", "0.5"),
        ("value_unknown", "fare_transfer_rules.txt", 4, "duration_limit", "x"),
        ("value_unknown", "fare_transfer_rules.txt", 5, "duration_limit_type", "8"),
        ("value_unknown", "fare_transfer_rules.txt", 6, "fare_transfer_type", "-"),
        ("unknown", "fare_transfer_rules.txt", 7, "fare_product_id", "bad"),
        ("value_unknown", "fare_leg_join_rules.txt", 2, "to_network_id", "b"),
        ("value_unknown", "fare_leg_join_rules.txt", 3, "to_network_id", "a"),
        ("unknown", "route_networks.txt", 2, "route_id", "nowhere"),
        ("unknown", "stop_areas.txt", 2, "stop_id", "Z"),
    }
    assert {each[5] for each in told} == {"fault"}
