"""What getting about gives to the kernel."""

from kernel.contributions import Check, Contributions
from mobility.gateways.fare_rules import why_no_fare_rules

contributions = Contributions(checks=(Check("fare_rules", why_no_fare_rules),))
