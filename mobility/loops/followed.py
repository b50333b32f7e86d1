"""The loop that tells who follows a journey when it runs otherwise."""

from kernel import clock
from kernel.contributions import Loop
from mobility.services.journeys import Watch, tell_changes

_watch = Watch()


def tell() -> bool:
    """Tell whoever follows a journey that stands otherwise than a moment ago; nothing more waits then."""
    tell_changes(_watch, at=clock.now())
    return False


FOLLOWED = Loop("followed", tell, rest_s=1.0)
