"""What sensors and road offices publish, and what others read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cityos.errors import EntityIdMalformed, LocationMalformed, ObservedInFuture
from cityos.models import Entity
from cityos.selectors import Box, entities_of, entity_of
from cityos.services import Observation, Reading, publish_entities
from kernel.principal import SYSTEM
from kernel.problems import NotFound
from kernel.use_case import Act

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
BRIDGE = "urn:ngsi-ld:RoadSegment:nishise-bridge"

pytestmark = pytest.mark.django_db


def seen(value, seconds=0):
    return Observation(value=value, observed_at=NOON + timedelta(seconds=seconds))


def road(id_=BRIDGE, **attributes):
    return Reading(id=id_, type="RoadSegment", attributes=attributes)


def publish(*readings, at=NOON):
    return publish_entities(Act(SYSTEM, at=at), entities=readings)


def outbox():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, payload::text FROM kernel_outbox ORDER BY id")
        return cursor.fetchall()


def test_a_closed_road_is_known_to_all_with_its_version():
    published = publish(road(status=seen("closed"), cause=seen("flood")))

    [change] = published.changed
    assert (change.id, change.attributes, change.version) == (BRIDGE, ["cause", "status"], 1)
    view = entity_of(BRIDGE)
    assert view.attributes == {"status": seen("closed"), "cause": seen("flood")}
    assert view.modified_at == NOON


def test_the_change_is_left_in_the_outbox_without_values():
    publish(road(status=seen("closed")))

    [(name, payload)] = outbox()
    assert name == "cityos.entity.changed.v1"
    assert '"closed"' not in payload
    assert BRIDGE in payload


def test_an_older_report_that_comes_late_changes_nothing_and_tells_nobody():
    publish(road(status=seen("open", 60)))
    published = publish(road(status=seen("closed", 30)))

    assert published.changed == []
    assert entity_of(BRIDGE).attributes["status"].value == "open"
    assert entity_of(BRIDGE).version == 1
    assert len(outbox()) == 1


def test_readings_of_one_thing_in_one_batch_are_merged_in_their_order():
    [change] = publish(road(status=seen("closed", 1)), road(status=seen("open", 2), lanes=seen(2))).changed

    assert (change.attributes, change.version) == (["lanes", "status"], 1)
    assert entity_of(BRIDGE).attributes["status"].value == "open"


def test_a_batch_with_one_wrong_id_leaves_nothing():
    with pytest.raises(EntityIdMalformed):
        publish(road(status=seen("closed")), road("urn:ngsi-ld:Shelter:1", status=seen("open")))

    assert not Entity.objects.exists()


@pytest.mark.parametrize("id_", ["", "nishise-bridge", "urn:ngsi-ld:RoadSegment:", "urn:ngsi-ld:RoadSegment:a b"])
def test_an_id_that_is_no_urn_is_refused(id_):
    with pytest.raises(EntityIdMalformed):
        publish(road(id_, status=seen("closed")))


def test_an_observation_from_the_future_is_refused_beyond_what_a_clock_may_be_wrong():
    publish(road(status=seen("closed", 300)))
    with pytest.raises(ObservedInFuture):
        publish(road(status=seen("open", 301)))


def test_a_location_that_is_none_is_refused():
    with pytest.raises(LocationMalformed):
        publish(road(location=seen({"type": "Point", "coordinates": [32.2, 130.7]})))


def test_things_are_found_by_type_and_by_the_box_they_touch():
    def at(longitude, latitude):
        return seen({"type": "Point", "coordinates": [longitude, latitude]})

    publish(
        road("urn:ngsi-ld:RoadSegment:a", location=at(130.75, 32.21)),
        road("urn:ngsi-ld:RoadSegment:b", location=at(130.80, 32.21)),
        road("urn:ngsi-ld:RoadSegment:c", status=seen("open")),
        Reading(id="urn:ngsi-ld:Shelter:a", type="Shelter", attributes={"location": at(130.75, 32.21)}),
    )
    town = Box(130_740_000, 32_200_000, 130_760_000, 32_220_000)

    assert [view.id[-1] for view in entities_of("RoadSegment", within=town)] == ["a"]
    assert [view.id[-1] for view in entities_of("RoadSegment")] == ["a", "b", "c"]
    assert [view.id[-1] for view in entities_of("RoadSegment", after="urn:ngsi-ld:RoadSegment:a", limit=1)] == ["b"]


def test_a_thing_nobody_published_is_not_found():
    with pytest.raises(NotFound):
        entity_of(BRIDGE)


def test_a_hundred_things_cost_as_many_statements_as_one(django_assert_num_queries):
    def many(count):
        return [road(f"urn:ngsi-ld:RoadSegment:{count}-{number}", status=seen("open")) for number in range(count)]

    publish(*many(2))
    with django_assert_num_queries(8):
        publish(*many(1))
    with django_assert_num_queries(8):
        publish(*many(100))


@pytest.mark.postgres
@pytest.mark.parametrize("wrong", [{"west": 1}, {"west": 2, "south": 1, "east": 1, "north": 1}, {"version": -1}])
def test_the_database_itself_refuses_half_a_box(wrong):
    publish(road(status=seen("open")))
    with pytest.raises(IntegrityError), transaction.atomic():
        Entity.objects.filter(id=BRIDGE).update(**wrong)


def test_the_audit_log_names_the_things_that_changed():
    publish(road(status=seen("open")))
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, action, what->'changed'->>0 FROM kernel_audit")
        assert cursor.fetchall() == [(SYSTEM.actor, "cityos.publish_entities", BRIDGE)]
