"""Campaigns: budgets of the city, and what is paid from them."""

from wallet.services.campaigns.funding import (
    close_campaign,
    draw_from_campaign,
    fund_campaign,
    give_back_to_campaign,
    hold_in_campaign,
    let_go_in_campaign,
    open_campaign,
    return_rest,
)

__all__ = [
    "close_campaign",
    "draw_from_campaign",
    "fund_campaign",
    "give_back_to_campaign",
    "hold_in_campaign",
    "let_go_in_campaign",
    "open_campaign",
    "return_rest",
]
