"""The bodies that the doors of referrals take."""

from typing import Annotated

import msgspec

from wallet.api.serializers import Body
from wallet.selectors.referrals.links import SIGNS

ReferralText = Annotated[str, msgspec.Meta(min_length=1, max_length=200, description="The link, or what it ends with.")]


class ReferralToShare(Body, frozen=True, kw_only=True):
    """What a newcomer may read of who shares the link; empty: nothing."""

    said: Annotated[str, msgspec.Meta(max_length=SIGNS)] = ""


class ReferralCode(Body, frozen=True, kw_only=True):
    """A code that somebody shared."""

    code: ReferralText
