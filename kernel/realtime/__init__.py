"""Live feeds: a snapshot, then events; told after commit, over one Redis channel per city (docs/realtime.md)."""

from kernel.realtime.publishing import check_again, publish, touch

__all__ = ["check_again", "publish", "touch"]
