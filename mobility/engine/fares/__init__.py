"""What journeys cost: fares by zones and by legs, riders' reductions, tickets for changing, passes. Unknown is said, never 0."""

from mobility.engine.fares.amounts import Share
from mobility.engine.fares.boarding import ride_of
from mobility.engine.fares.journeys import Price, price
from mobility.engine.fares.network import Fares, read_fares
from mobility.engine.fares.passes import Pass
from mobility.engine.fares.riders import ADULT, Classes, Payer, Rider
from mobility.engine.fares.rides import Fare, Line, Ride
from mobility.engine.fares.town_rules import ChangeDiscount, TownRules

__all__ = [
    "ADULT", "ChangeDiscount", "Classes", "Fare", "Fares", "Line", "Pass", "Payer", "Price", "Ride", "Rider", "Share", "TownRules",
    "price", "read_fares", "ride_of",
]  # fmt: skip
