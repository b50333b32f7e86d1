"""What the accounts floor does once it hears of something."""

from uuid import UUID

from accounts.services.closing import let_go
from kernel import clock
from kernel.contributions import Delivered
from kernel.principal import SYSTEM
from kernel.use_case import Act


def on_resident_closed(event: Delivered) -> None:
    """Let every app let go of somebody; tried again until all of them have."""
    let_go(Act(SYSTEM, at=clock.now()), resident_id=UUID(event.payload["resident_id"]))
