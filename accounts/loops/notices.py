"""The loops that carry messages: they ask PostgreSQL alone, so that danger to life is told with Celery and Redis away.

Danger to life has a loop of its own, so that it never waits behind thirty thousand other messages.
"""

from accounts.engine.channels import LIFE, NORMAL
from accounts.services.notices.broadcasting import fan_out_some
from accounts.services.notices.routing import MOST as MOST_ROUTED
from accounts.services.notices.routing import route_some
from accounts.services.notices.sending import MOST as MOST_SENT
from accounts.services.notices.sending import send_some
from kernel import clock
from kernel.contributions import Loop


def carry_life() -> bool:
    """Carry what concerns danger to life, from a message to many down to its letters; tell whether more waits."""
    has_more = fan_out_some(priority=LIFE, at=clock.now())
    return _carry(LIFE) or has_more


def carry_others() -> bool:
    """Carry everything else; tell whether more waits."""
    return _carry(NORMAL)


def hand_out() -> bool:
    """Write a piece of a message to many; tell whether more waits."""
    return fan_out_some(priority=NORMAL, at=clock.now())


def _carry(priority: str) -> bool:
    routed = route_some(priority=priority, at=clock.now())
    sent = send_some(priority=priority, at=clock.now())
    return routed == MOST_ROUTED or sent == MOST_SENT


NOTICES_LIFE = Loop("notices_life", carry_life, rest_s=0.5)
NOTICES = Loop("notices", carry_others, rest_s=1.0)
BROADCASTS = Loop("broadcasts", hand_out, rest_s=1.0)
