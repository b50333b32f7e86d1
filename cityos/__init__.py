"""The town's data exchange (都市OS): things of the town, what was observed of them, who wants to hear of a change."""
