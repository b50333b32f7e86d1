"""What the door of circulation answers."""

import msgspec

from wallet.selectors.circulation import Circulation, Effect


class CirculationSaid(msgspec.Struct, frozen=True):
    """Figures of some weeks, and the weeks before beside them; both null before the first week is over."""

    figures: Circulation | None
    effect: Effect | None
