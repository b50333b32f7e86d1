"""Bring a matched subscription to the handler that it names."""

from kernel.contributions import Delivered, handlers_of


def deliver(event: Delivered) -> None:
    """Call the subscriber's handlers with the event; it is theirs to know its id again."""
    name = event.payload["handler"]
    for handler in handlers_of(name):
        handler(Delivered(id=event.id, name=name, recorded_at=event.recorded_at, payload=event.payload))
