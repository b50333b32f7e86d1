"""What journeys cost: fares by zones and by legs, riders' reductions, tickets for changing, passes. Unknown is said, never 0."""

from mobility.engine.fares.amounts import Share, decimals_of
from mobility.engine.fares.boarding import ride_of
from mobility.engine.fares.journeys import IN_YEN, Price, Sum, price, sum_of
from mobility.engine.fares.network import Fares, read_fares
from mobility.engine.fares.passes import Pass
from mobility.engine.fares.riders import ADULT, Classes, Payer, Rider
from mobility.engine.fares.rides import Fare, Line, Ride
from mobility.engine.fares.town_rules import ChangeDiscount, TownRules

__all__ = [
    "ADULT", "IN_YEN", "ChangeDiscount", "Classes", "Fare", "Fares", "Line", "Pass", "Payer", "Price", "Ride", "Rider", "Share",
    "Sum", "TownRules", "decimals_of", "price", "read_fares", "ride_of", "sum_of",
]  # fmt: skip
