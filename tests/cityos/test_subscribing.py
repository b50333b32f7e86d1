"""Who hears of a change: an app's handler through the outbox, a topic at once."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from django.db import connection

from cityos.errors import HandlerUnknown, SubscriptionMalformed
from cityos.handlers import deliver
from cityos.models import Subscription
from cityos.services import Observation, Reading, publish_entities, subscribe, unsubscribe
from kernel import contributions
from kernel.contributions import Contributions, Delivered
from kernel.principal import SYSTEM
from kernel.realtime.envelope import Envelope, channel, decode
from kernel.use_case import Act

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
CLOSURES = "mobility.road_closures"

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Delivered]:
    """Stand in for an app on the floor above that contributes a handler."""
    events: list[Delivered] = []
    given = Contributions(handlers={CLOSURES: (events.append,)})
    monkeypatch.setitem(contributions._registry, "mobility", given)
    return events


def act():
    return Act(SYSTEM, at=NOON)


def publish(id_="urn:ngsi-ld:RoadSegment:nishise-bridge", type_="RoadSegment", **values):
    attributes = {name: Observation(value=value, observed_at=NOON) for name, value in values.items()}
    publish_entities(act(), entities=[Reading(id=id_, type=type_, attributes=attributes)])


def matched():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, payload FROM kernel_outbox WHERE name = 'cityos.subscription.matched.v1' ORDER BY id"
        )
        return cursor.fetchall()


def test_a_closed_road_reaches_the_handler_that_subscribed(heard: list[Delivered]):
    subscribe(act(), name=CLOSURES, entity_type="RoadSegment", attributes=["status"], handler=CLOSURES)
    publish(status="closed", cause="flood")

    [(event_id, payload)] = matched()
    payload = msgspec.json.decode(payload) if isinstance(payload, str) else payload
    deliver(Delivered(id=event_id, name="cityos.subscription.matched.v1", recorded_at=NOON, payload=payload))

    [event] = heard
    assert (event.id, event.name) == (event_id, CLOSURES)
    [change] = event.payload["entities"]
    assert change == {
        "id": "urn:ngsi-ld:RoadSegment:nishise-bridge",
        "type": "RoadSegment",
        "attributes": ["cause", "status"],
        "version": 1,
    }


@pytest.mark.parametrize(
    "published",
    [
        {"type_": "Shelter", "id_": "urn:ngsi-ld:Shelter:1", "status": "open"},
        {"id_": "urn:ngsi-ld:RoadSegment:r445-1", "status": "closed"},
        {"lanes": 2},
    ],
)
def test_another_type_another_id_or_another_attribute_does_not_match(heard: list[Delivered], published):
    pattern = r"urn:ngsi-ld:RoadSegment:nishise-.*"
    subscribe(act(), name="a", entity_type="RoadSegment", id_pattern=pattern, attributes=["status"], handler=CLOSURES)
    publish(**published)

    assert matched() == []


def test_a_topic_hears_at_once(valkey):
    with valkey.pubsub(ignore_subscribe_messages=True) as listening:
        listening.subscribe(channel())
        assert listening.get_message(timeout=2) is None
        subscribe(act(), name="a", entity_type="RoadSegment", topic="roads")
        publish(status="closed")
        message = next(filter(None, (listening.get_message(timeout=2) for _ in range(3))))

    envelope = decode(message["data"])
    event = msgspec.json.decode(envelope.event)
    assert (envelope.topic, event["type"]) == (Envelope("roads").topic, "entities.changed")
    assert event["data"]["entities"][0]["attributes"] == ["status"]


def test_subscribing_again_changes_the_subscription_and_unsubscribing_ends_it(heard: list[Delivered]):
    subscribe(act(), name="a", entity_type="RoadSegment", handler=CLOSURES)
    subscribe(act(), name="a", entity_type="Shelter", topic="shelters")

    subscription = Subscription.objects.get()
    assert (subscription.entity_type, subscription.handler, subscription.topic) == ("Shelter", "", "shelters")
    unsubscribe(act(), name="a")
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "wish",
    [{}, {"handler": CLOSURES, "topic": "roads"}, {"topic": "roads", "id_pattern": "["}],
)
def test_a_subscription_needs_one_hearer_and_a_readable_pattern(heard: list[Delivered], wish):
    with pytest.raises(SubscriptionMalformed):
        subscribe(act(), name="a", entity_type="RoadSegment", **wish)
    assert not Subscription.objects.exists()


def test_a_handler_that_no_app_contributes_is_refused():
    with pytest.raises(HandlerUnknown):
        subscribe(act(), name="a", entity_type="RoadSegment", handler="nobody.hears")


def test_an_event_id_is_the_handlers_to_remember(heard: list[Delivered]):
    event = Delivered(id=UUID(int=7), name="any", recorded_at=NOON, payload={"handler": CLOSURES, "entities": []})
    deliver(event)
    deliver(event)
    assert [event.id for event in heard] == [UUID(int=7)] * 2
