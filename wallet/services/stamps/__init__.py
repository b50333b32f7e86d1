"""Stamp cards: offered by the city or a shop, filled by payments, turned into rewards."""

from wallet.services.stamps.earning import (
    merge_stamps,
    stamp_payment,
    take_stamp_reward,
    unstamp_order,
    unstamp_payment,
)
from wallet.services.stamps.making import (
    StampCardMade,
    make_shop_stamp_card,
    make_stamp_card,
    pause_shop_stamp_card,
    pause_stamp_card,
    resume_shop_stamp_card,
    resume_stamp_card,
    stamp_rule_of,
)

__all__ = [
    "StampCardMade",
    "make_shop_stamp_card",
    "make_stamp_card",
    "merge_stamps",
    "pause_shop_stamp_card",
    "pause_stamp_card",
    "resume_shop_stamp_card",
    "resume_stamp_card",
    "stamp_payment",
    "stamp_rule_of",
    "take_stamp_reward",
    "unstamp_order",
    "unstamp_payment",
]
