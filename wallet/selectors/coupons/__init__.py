"""Coupons as they stand: which are out, what a bill gets, what somebody holds."""

from wallet.selectors.coupons.live import live_coupons, place_of
from wallet.selectors.coupons.pricing import UseOf, answer_of, exactly, quote_at
from wallet.selectors.coupons.standing import standings_of

__all__ = ["UseOf", "answer_of", "exactly", "live_coupons", "place_of", "quote_at", "standings_of"]
