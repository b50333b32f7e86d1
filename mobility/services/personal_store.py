"""What getting about keeps about people, for who takes a copy home or goes."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from kernel.contributions import ClosingNotice, ExportPart
from kernel.principal import SYSTEM
from kernel.problems import _
from kernel.use_case import Act
from mobility.selectors.saved_places import saved_places_to_take_home
from mobility.services.saved_places import forget_places


class MobilityStore:
    """The places that people saved."""

    name = "mobility"

    def export(self, subject: UUID, *, at: datetime) -> Iterable[ExportPart]:
        """Return the places, if there are any."""
        if saved := saved_places_to_take_home(subject):
            document = msgspec.json.format(msgspec.json.encode(saved), indent=2)
            yield ExportPart("mobility/saved_places.json", document, _("よく行く場所"))

    def before_closing(self, subject: UUID, *, actor: UUID, reason: str, at: datetime) -> list[ClosingNotice]:
        """Say nothing: what is saved here is worth nothing to others and stands in nobody's way."""
        return []

    def closed(self, subject: UUID, *, at: datetime) -> None:
        """Delete the places, whose words nobody can read any more."""
        forget_places(Act(SYSTEM, at=at), resident_id=subject)
