"""What the wallet does when something happened below."""

from uuid import UUID

from kernel import clock
from kernel.contributions import Delivered
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet.services.merging import succeed
from wallet.services.stamps import stamp_payment, unstamp_payment


def residents_merged(event: Delivered) -> None:
    """Let coins follow their person when two IDs became one; the same event again finds nothing left to move."""
    said = event.payload
    succeed(Act(SYSTEM, at=clock.now()), survivor_id=UUID(said["survivor_id"]), merged_id=UUID(said["merged_id"]))


def payment_settled(event: Delivered) -> None:
    """Stamp the cards that a payment is good for; the same event again finds its stamps."""
    stamp_payment(Act(SYSTEM, at=clock.now()), payment_id=UUID(event.payload["payment_id"]))


def payment_refunded(event: Delivered) -> None:
    """Take back what a payment earned that went back whole; the same event again finds nothing left."""
    unstamp_payment(Act(SYSTEM, at=clock.now()), payment_id=UUID(event.payload["payment_id"]))
