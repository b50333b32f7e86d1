"""Which signs show the board of which stop."""

from typing import NamedTuple
from uuid import UUID

from accounts.selectors import DeviceView, sign_standing, signs_standing
from mobility.models import StopSign


class SignSet(NamedTuple):
    """A sign that stands, and what it is to show; None for one that shows what everybody was told."""

    device: DeviceView
    row: StopSign | None


def signs_set() -> list[SignSet]:
    """Return all signs that stand."""
    rows = {row.device: row for row in StopSign.objects.all()}
    return [SignSet(device, rows.get(device.id)) for device in signs_standing()]


def sign_set(device_id: UUID) -> SignSet | None:
    """Return one sign; None where none stands under that id."""
    device = sign_standing(device_id)
    return None if device is None else SignSet(device, StopSign.objects.filter(pk=device_id).first())


def page_of_sign(device_id: UUID) -> str | None:
    """Return the path of the board that a sign shows, None where it is to show none."""
    return f"/boards/signs/{device_id}" if StopSign.objects.filter(pk=device_id).exists() else None
