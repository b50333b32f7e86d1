"""Messages to residents: written with the act that causes them, routed, sent, read."""

from accounts.services.notices.broadcasting import broadcast
from accounts.services.notices.writing import notify

__all__ = ["broadcast", "notify"]
