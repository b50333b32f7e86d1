"""What the wallet does when something happened below."""

from uuid import UUID

from kernel import clock
from kernel.contributions import Delivered
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet.services.merging import succeed


def residents_merged(event: Delivered) -> None:
    """Let coins follow their person when two IDs became one; the same event again finds nothing left to move."""
    said = event.payload
    succeed(Act(SYSTEM, at=clock.now()), survivor_id=UUID(said["survivor_id"]), merged_id=UUID(said["merged_id"]))
