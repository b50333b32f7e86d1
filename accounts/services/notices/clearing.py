"""What is not kept: deliveries that ended a month ago, and messages older than 400 days."""

from datetime import datetime, timedelta

from django.db import connection

from accounts.models import Delivery
from kernel.use_case import Act, use_case

DELIVERIES_KEPT = timedelta(days=30)
MESSAGES_KEPT = timedelta(days=400)
MOST = 5_000


@use_case("accounts.clear_messages")
def clear_messages(act: Act) -> None:
    """Remove what is past its time, up to 5,000 of each; the next night takes the rest."""
    deliveries = _old_deliveries(act.at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_forget_messages(%s, %s)", [act.at - MESSAGES_KEPT, MOST])
        messages = cursor.fetchone()[0]
    act.audit(what={"deliveries": deliveries, "messages": messages})


def _old_deliveries(at: datetime) -> int:
    old = Delivery.objects.filter(settled_at__lt=at - DELIVERIES_KEPT).order_by("settled_at")
    removed, _by_model = Delivery.objects.filter(pk__in=list(old.values_list("id", flat=True)[:MOST])).delete()
    return removed
