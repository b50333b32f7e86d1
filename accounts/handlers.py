"""What the accounts floor does once it hears of something."""

from uuid import UUID

from accounts.services.closing import let_go
from accounts.services.exports import forget_exports
from accounts.services.log_damage import tell_of_log_damage
from kernel import clock
from kernel.contributions import Delivered
from kernel.principal import SYSTEM
from kernel.use_case import Act


def on_resident_closed(event: Delivered) -> None:
    """Let every app let go of somebody; tried again until all of them have."""
    let_go(Act(SYSTEM, at=clock.now()), resident_id=UUID(event.payload["resident_id"]))


def on_residents_merged(event: Delivered) -> None:
    """Delete the copies that were made for the ID that is closed."""
    forget_exports(Act(SYSTEM, at=clock.now()), resident_id=UUID(event.payload["merged_id"]))


def on_logs_damaged(event: Delivered) -> None:
    """Tell the administrators of the day it was found; a second check of that day, or a second delivery, tells nobody again."""
    tell_of_log_damage(Act(SYSTEM, at=event.recorded_at), findings=event.payload["findings"])
