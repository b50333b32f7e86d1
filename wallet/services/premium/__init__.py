"""Coins sold with a bonus: made, applied for, drawn, sold, taken back."""

from wallet.services.premium.applying import apply_for_premium, withdraw_from_premium
from wallet.services.premium.drawing import (
    allot,
    close_applications,
    draw_premium,
    move_draws,
    pass_on,
    tell_results,
    tell_some,
)
from wallet.services.premium.making import PremiumMade, PremiumTerms, check_terms, end_premium, make_premium
from wallet.services.premium.parties import keep_party_half, name_premium_parties, recover_party, reveal_party
from wallet.services.premium.selling import (
    PremiumSale,
    sell_premium_at_counter,
    sell_premium_at_shop,
    void_premium_sale,
)

__all__ = [
    "PremiumMade",
    "PremiumSale",
    "PremiumTerms",
    "allot",
    "apply_for_premium",
    "check_terms",
    "close_applications",
    "draw_premium",
    "end_premium",
    "keep_party_half",
    "make_premium",
    "move_draws",
    "name_premium_parties",
    "pass_on",
    "recover_party",
    "reveal_party",
    "sell_premium_at_counter",
    "sell_premium_at_shop",
    "tell_results",
    "tell_some",
    "void_premium_sale",
    "withdraw_from_premium",
]
