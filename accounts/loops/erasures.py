"""Follow the erasure list: after a backup was restored, within seconds, without anybody thinking of it."""

from accounts.selectors.closing import why_erasures_wait
from accounts.services.closing import follow_erasures
from kernel import clock
from kernel.contributions import Loop
from kernel.principal import SYSTEM
from kernel.use_case import Act


def follow() -> bool:
    """Look whether this database is behind the list, and if so catch up; nothing more waits then."""
    if why_erasures_wait() is not None:
        follow_erasures(Act(SYSTEM, at=clock.now()))
    return False


ERASURES = Loop("erasures", follow, rest_s=2.0)
