"""The demo town's lines, docks and places. Names and coordinates of places are facts; operators and times are plainly made up."""

from mobility.demo.feeds import demo_feeds

__all__ = ["demo_feeds"]
