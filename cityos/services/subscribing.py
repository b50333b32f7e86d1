"""Subscribe to changes, and tell those who did."""

import re
from collections.abc import Sequence

import msgspec

from cityos.errors import HandlerUnknown, SubscriptionMalformed
from cityos.events import Change, SubscriptionMatched
from cityos.models import Subscription
from kernel import contributions, realtime
from kernel.use_case import Act, use_case


class Subscribed(msgspec.Struct, frozen=True):
    """The subscription that stands."""

    name: str


@use_case("cityos.subscribe")
def subscribe(
    act: Act,
    *,
    name: str,
    entity_type: str,
    id_pattern: str = "",
    attributes: Sequence[str] = (),
    handler: str = "",
    topic: str = "",
) -> Subscribed:
    """Ask to hear of changes. This function will make the subscription ``name``, or change it where it stands already.

    ``handler`` is a name under which an app contributes handlers; they get :class:`cityos.events.SubscriptionMatched` through the
    outbox, once for each publication that matches. ``topic`` hears of it at once through the realtime hub, at most once.

    :raises SubscriptionMalformed: for both or neither of the two, or an unreadable pattern; :raises HandlerUnknown:.
    """
    if bool(handler) == bool(topic) or not _is_pattern(id_pattern):
        raise SubscriptionMalformed(name=name)
    if handler and not contributions.handlers_of(handler):
        raise HandlerUnknown(handler=handler)
    wish = {"entity_type": entity_type, "id_pattern": id_pattern, "attributes": list(attributes)}
    hearer = {"handler": handler, "topic": topic}
    subscription = Subscription(name=name, created_at=act.at, **wish, **hearer)
    Subscription.objects.bulk_create(
        [subscription], update_conflicts=True, unique_fields=["name"], update_fields=[*wish, *hearer]
    )
    act.audit(what={"subscription": name} | hearer)
    return Subscribed(name)


@use_case("cityos.unsubscribe")
def unsubscribe(act: Act, *, name: str) -> None:
    """End a subscription. This function will do nothing where there is none of that name."""
    Subscription.objects.filter(name=name).delete()
    act.audit(what={"subscription": name})


def tell_subscribers(act: Act, changes: Sequence[Change]) -> None:
    """Leave an event for each handler that wants to hear, and publish to each topic once the transaction stands."""
    types = {change.type for change in changes}
    for subscription in Subscription.objects.filter(entity_type__in=types).order_by("name"):
        wanted = [change for change in changes if _matches(subscription, change)]
        if wanted and subscription.handler:
            act.emit(SubscriptionMatched(subscription=subscription.name, handler=subscription.handler, entities=wanted))
        elif wanted:
            _publish_after(act, subscription.topic, wanted)


def _publish_after(act: Act, topic: str, changes: list[Change]) -> None:
    act.after_commit(lambda: realtime.publish(topic, "entities.changed", {"entities": changes}))


def _matches(subscription: Subscription, change: Change) -> bool:
    if subscription.entity_type != change.type:
        return False
    if subscription.id_pattern and not re.fullmatch(subscription.id_pattern, change.id):
        return False
    return not subscription.attributes or not set(subscription.attributes).isdisjoint(change.attributes)


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
