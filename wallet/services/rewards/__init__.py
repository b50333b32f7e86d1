"""Rewards: given once, and taken back once where they were not spent."""

from wallet.services.rewards.giving import RewardMissed, check_gift, give_reward
from wallet.services.rewards.taking_back import carry_coupons, take_reward_back

__all__ = ["RewardMissed", "carry_coupons", "check_gift", "give_reward", "take_reward_back"]
