"""Following journeys: whoever takes one is told when it runs otherwise, and what they can do instead."""

from mobility.services.journeys.following import follow_journey, followed_now, key_of, topic_of, unfollow_journey
from mobility.services.journeys.telling import Watch, tell_changes

__all__ = ["Watch", "follow_journey", "followed_now", "key_of", "tell_changes", "topic_of", "unfollow_journey"]
