"""What runs now: sources asked, changes gathered and laid over the timetable, notices."""

from mobility.services.live.alerts import change_alert, end_alert, forget_old_alerts, write_alert
from mobility.services.live.polling import poll_due
from mobility.services.live.publishing import publish_changes
from mobility.services.live.serving import live_generation, live_network
from mobility.services.live.sources import change_live_source, register_live_source, retire_live_source

__all__ = [
    "change_alert", "change_live_source", "end_alert", "forget_old_alerts", "live_generation", "live_network", "poll_due",
    "publish_changes", "register_live_source", "retire_live_source", "write_alert",
]  # fmt: skip
