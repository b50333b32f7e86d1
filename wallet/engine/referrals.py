"""Referrals as data: who may be brought, what a newcomer has to do, what both get. Source: docs/algorithms/referrals.md."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from wallet.engine.coupons.rules import Count, Yen, check_life
from wallet.engine.rewards import Gift

NotTaken = Literal["oneself", "ring", "same_phone", "not_new", "already_referred", "too_many", "over"]
"""Why a code was not taken."""
SUSPECT: frozenset[NotTaken] = frozenset({"oneself", "ring", "same_phone", "too_many"})
"""What an officer sees beside the referrer."""


class ReferralRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One referral campaign.

    A newcomer is known at ``level`` since the campaign began and has not paid before; a payment of ``first_payment`` yen within
    ``within_days`` days of entering the code earns both rewards. ``per_referrer`` altogether and ``per_day`` (in Japan) bind the
    referrer, ``stock`` all.
    """

    version: Literal[1] = 1
    starts_at: datetime
    ends_at: datetime
    for_referrer: Gift
    for_newcomer: Gift
    level: Annotated[int, msgspec.Meta(ge=1, le=3)] = 2
    first_payment: Yen = 500
    within_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 30
    per_referrer: Annotated[int, msgspec.Meta(ge=1, le=100)] = 5
    per_day: Annotated[int, msgspec.Meta(ge=1, le=20)] = 3
    stock: Count | None = None

    def __post_init__(self) -> None:
        """Refuse a period that is none."""
        check_life(self, "a referral campaign")


def read_referral_rule(data: Any) -> ReferralRule:
    """Return the rule that JSON's data describe; :raises msgspec.ValidationError: where they describe none."""
    return msgspec.convert(data, ReferralRule, strict=False)
