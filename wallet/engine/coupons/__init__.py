"""Coupons as pure arithmetic: rules are data, a quote is a function of them. Source: docs/algorithms/coupons.md."""

from wallet.engine.coupons.choosing import MOST_TOGETHER, Offer, choose
from wallet.engine.coupons.index import Index
from wallet.engine.coupons.quoting import Basket, Coupon, Line, Part, Place, Quote, Standing, Why, quote
from wallet.engine.coupons.rules import (
    Audience,
    Circle,
    CouponHours,
    Fixed,
    Percent,
    Places,
    Rule,
    discount,
    read_rule,
    written,
)

__all__ = [
    "MOST_TOGETHER",
    "Audience",
    "Basket",
    "Circle",
    "Coupon",
    "CouponHours",
    "Fixed",
    "Index",
    "Line",
    "Offer",
    "Part",
    "Percent",
    "Place",
    "Places",
    "Quote",
    "Rule",
    "Standing",
    "Why",
    "choose",
    "discount",
    "quote",
    "read_rule",
    "written",
]
