"""What runs now: sources asked, changes gathered and laid over the timetable, notices."""

from mobility.services.live.alerts import change_alert, end_alert, forget_old_alerts, publish_alert, write_alert
from mobility.services.live.polling import ask_now, poll_due
from mobility.services.live.publishing import publish_changes
from mobility.services.live.serving import live_generation, live_network
from mobility.services.live.sources import (
    change_live_source,
    pause_live_source,
    register_live_source,
    resume_live_source,
    retire_live_source,
)

__all__ = [
    "ask_now", "change_alert", "change_live_source", "end_alert", "forget_old_alerts", "live_generation", "live_network",
    "pause_live_source", "poll_due", "publish_alert", "publish_changes", "register_live_source", "resume_live_source",
    "retire_live_source", "write_alert",
]  # fmt: skip
