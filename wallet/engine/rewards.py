"""What stamps and referrals earn, as data: coins in a lot of their own, or a coupon."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

MOST_DAYS = 179  # under six months (資金決済法 article 4(2), its order article 4(2))


class CoinReward(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="coins", tag_field="kind"):
    """So many bonus coins, good for ``days`` days after the day in Japan on which they are given."""

    yen: Annotated[int, msgspec.Meta(ge=1, le=100_000)]
    days: Annotated[int, msgspec.Meta(ge=1, le=MOST_DAYS)]


class CouponReward(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="coupon", tag_field="kind"
):
    """One of this coupon, which has to be held to be used."""

    coupon: UUID


Gift = CoinReward | CouponReward
Waiting = Literal["sold_out", "budget_spent", "limit_balance", "account_frozen", "coupon_over"]
"""Why a reward that was earned is not given yet."""
