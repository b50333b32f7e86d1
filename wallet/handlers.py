"""What the wallet does when something happened below."""

from uuid import UUID

from kernel import clock
from kernel.contributions import Delivered
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet.services.merging import succeed
from wallet.services.referrals import earn_referral, undo_referral
from wallet.services.stamps import stamp_payment, unstamp_order, unstamp_payment


def residents_merged(event: Delivered) -> None:
    """Let coins follow their person when two IDs became one; the same event again finds nothing left to move."""
    said = event.payload
    succeed(Act(SYSTEM, at=clock.now()), survivor_id=UUID(said["survivor_id"]), merged_id=UUID(said["merged_id"]))


def payment_settled(event: Delivered) -> None:
    """Stamp the cards that a payment is good for, and reward who brought a newcomer; the same event again changes nothing."""
    act, payment_id = Act(SYSTEM, at=clock.now()), UUID(event.payload["payment_id"])
    stamp_payment(act, payment_id=payment_id)
    earn_referral(act, payment_id=payment_id)


def payment_refunded(event: Delivered) -> None:
    """Take back what a payment earned that went back whole; the same event again finds nothing left."""
    act, payment_id = Act(SYSTEM, at=clock.now()), UUID(event.payload["payment_id"])
    unstamp_payment(act, payment_id=payment_id)
    undo_referral(act, payment_id=payment_id)


def order_refunded(event: Delivered) -> None:
    """Take back the stamps that goods earned which went back, also where no coin did; the same event again finds nothing left."""
    unstamp_order(Act(SYSTEM, at=clock.now()), order_id=UUID(event.payload["order_id"]))
