"""Networks that nobody goes back to leave the disk; they can be made again from the files of their versions."""

from datetime import datetime, timedelta
from uuid import UUID

from mobility.gateways.releases import forget_old
from mobility.models import NetworkRelease, ReleaseMember

KEPT = 10
A_DAY = timedelta(days=1)


def tidy_networks(*, at: datetime) -> int:
    """Delete from the disk what is neither used nor among the newest ten, and is a day old; return how many folders.

    The versions that are used lie beside the networks too, read already, so that the next network is soon made.
    """
    newest = list(NetworkRelease.objects.order_by("-made_at", "-id").values_list("pk", flat=True)[:KEPT])
    used: list[UUID] = list(NetworkRelease.objects.filter(is_active=True).values_list("pk", flat=True))
    versions = ReleaseMember.objects.filter(release__in=used).values_list("version", flat=True)
    return forget_old({*newest, *used, *versions}, before=at - A_DAY)
