"""Coupons: made, taken, used by payments, given back."""

from wallet.services.coupons.claiming import claim_coupon, give_coupon
from wallet.services.coupons.making import (
    audience_of,
    make_coupon,
    make_shop_coupon,
    pause_coupon,
    pause_shop_coupon,
    resume_coupon,
    resume_shop_coupon,
)

__all__ = [
    "audience_of",
    "claim_coupon",
    "give_coupon",
    "make_coupon",
    "make_shop_coupon",
    "pause_coupon",
    "pause_shop_coupon",
    "resume_coupon",
    "resume_shop_coupon",
]
