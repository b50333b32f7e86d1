"""The loop that asks what runs now and publishes it."""

from kernel import clock
from kernel.contributions import Loop
from mobility.services.live import poll_due, publish_changes


def hear() -> bool:
    """Ask the sources that are due and publish what they say; nothing more waits then."""
    heard = poll_due(at=clock.now())
    publish_changes(at=clock.now(), is_new=heard > 0)
    return False


LIVE = Loop("live", hear, rest_s=1.0)
