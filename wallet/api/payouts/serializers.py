"""The bodies that the payouts' doors take."""

from typing import Annotated, Literal

import msgspec

from wallet.api.serializers import Body


class PayoutBank(Body, frozen=True, kw_only=True):
    """The account that a payout is transferred to."""

    bank_code: Annotated[str, msgspec.Meta(pattern="^[0-9]{4}$")]
    branch_code: Annotated[str, msgspec.Meta(pattern="^[0-9]{3}$")]
    account_type: Annotated[str, msgspec.Meta(pattern="^[1249]$")]
    number: Annotated[str, msgspec.Meta(pattern="^[0-9]{1,7}$")]
    holder: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class PayoutAsked(Body, frozen=True, kw_only=True):
    """Why, and where to; without ``bank`` in cash at the counter."""

    wish: Literal["moving", "other"]
    bank: PayoutBank | None = None
