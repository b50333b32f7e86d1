"""The loop that tells boards when to look again."""

from kernel import clock
from kernel.contributions import Loop
from mobility.services.stops import Watch, tell_changes

_watch = Watch()


def tell() -> bool:
    """Tell whoever watches a stop where something has changed; nothing more waits then."""
    tell_changes(_watch, at=clock.now())
    return False


BOARDS = Loop("boards", tell, rest_s=3.0)
