"""Who rides, and what part of the full fare they pay. What an operator does differently is data."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from mobility.engine.fares.amounts import Share
from mobility.engine.fares.rides import Why


class Rider(msgspec.Struct, frozen=True):
    """One rider. Who holds ``media`` (ids of a feed's fare media) may use what is sold on them; others pay cash if that goes.

    An infant rides free beside somebody who pays, and as a child alone. ``category`` names a rider category of a feed by its id.
    """

    age: Literal["adult", "child", "infant"] = "adult"
    has_disability: bool = False
    is_accompanied: bool = True
    category: str = ""
    media: frozenset[str] = frozenset()


ADULT = Rider()


class Classes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an operator prices those who do not pay in full.

    ``categories`` says which rider category of its feed stands for ``adult``, ``child``, ``disability``, where its name does not.
    """

    child: Share = Share()
    disability: Share = Share()
    are_infants_free: bool = True
    categories: Mapping[str, str] = {}


IN_JAPAN = Classes()
"""The house rule: half the fare, rounded up to ten yen; for a child with a disability half of the half."""
ELSEWHERE = Classes(child=Share(100, 1), disability=Share(100, 1), are_infants_free=False)
"""Where nothing is known of reductions nobody is promised one."""


class Payer(msgspec.Struct, frozen=True):
    """A rider before one operator's fares; ``classes`` is None where the town says nothing, and the currency decides."""

    rider: Rider = ADULT
    classes: Classes | None = None

    def rules(self, currency: str) -> Classes:
        """Return the rules that hold for fares of a currency."""
        if self.classes is not None:
            return self.classes
        return IN_JAPAN if currency == "JPY" else ELSEWHERE

    def is_free(self, currency: str) -> bool:
        """Tell whether nothing is asked, as of an infant beside somebody who pays."""
        return self.rider.age == "infant" and self.rider.is_accompanied and self.rules(currency).are_infants_free

    def pays(self, amount: int, currency: str) -> int:
        """Return what this rider pays where the full fare is ``amount``."""
        rules = self.rules(currency)
        if self.rider.age != "adult":
            amount = rules.child.of(amount)
        return rules.disability.of(amount) if self.rider.has_disability else amount

    @property
    def why(self) -> Why:
        """Return what the reduction is called, ``fare`` where there is none."""
        if self.rider.age == "adult":
            return "disability" if self.rider.has_disability else "fare"
        return "child_disability" if self.rider.has_disability else "child"


IN_FULL = Payer()
