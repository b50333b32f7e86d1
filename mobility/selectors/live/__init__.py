"""What runs now, as people and programs are told it."""

from mobility.selectors.live.alerts import Alerts, alerts_now
from mobility.selectors.live.docks import BikesNear, bikes_near, docks_near, docks_now
from mobility.selectors.live.matched import vehicles_matched
from mobility.selectors.live.own_alerts import OwnAlerts, alert_named, own_alerts, steps_of
from mobility.selectors.live.passing_on import message_out
from mobility.selectors.live.sources import live_source_named, live_sources
from mobility.selectors.live.vehicles import Vehicles, vehicles_now

__all__ = [
    "Alerts", "BikesNear", "OwnAlerts", "Vehicles", "alert_named", "alerts_now", "bikes_near", "docks_near", "docks_now",
    "live_source_named", "live_sources", "message_out", "own_alerts", "steps_of", "vehicles_matched", "vehicles_now",
]  # fmt: skip
