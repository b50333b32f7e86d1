"""What an officer must look at: found once, closed once with what was done."""

from datetime import datetime
from uuid import UUID

from kernel.ids import new_id
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case
from wallet.errors import CardAlertClosed
from wallet.models import CardAlert, CardAlertKind, CardPayment
from wallet.selectors.cards_taken import HANDLE


def raise_alert(
    kind: CardAlertKind, vendor_id: str, *, at: datetime, payment: CardPayment | None = None,
    ours: int | None = None, theirs: int | None = None,
) -> bool:  # fmt: skip
    """Note what must be looked at, once for each thing at the vendor; tell whether it is new."""
    made = CardAlert(
        id=new_id(at), kind=kind, vendor_id=vendor_id[:255], payment=payment, ours=ours, theirs=theirs, at=at
    )
    before = CardAlert.objects.filter(kind=kind, vendor_id=made.vendor_id).exists()
    CardAlert.objects.bulk_create([made], ignore_conflicts=True)
    return not before


@use_case("wallet.close_card_alert")
def close_card_alert(act: Act, *, alert_id: UUID, why: str) -> None:
    """Close what was looked at, and say what was done; :raises NotAllowed: :raises NotFound: :raises CardAlertClosed:."""
    if not act.principal.may(HANDLE):
        raise NotAllowed
    alert = CardAlert.objects.select_for_update().filter(pk=alert_id).first()
    if alert is None:
        raise NotFound
    if alert.closed_at is not None:
        raise CardAlertClosed
    alert.closed_at, alert.closed_by, alert.outcome = act.at, act.principal.actor, why
    alert.save(update_fields=["closed_at", "closed_by", "outcome"])
    act.audit(what={"card_alert_id": str(alert.pk), "kind": alert.kind}, why=why)
