"""Reads of the wallet that other floors may use."""

from wallet.selectors.accounts import account_of
from wallet.selectors.balances import balance_of
from wallet.selectors.coin import coin
from wallet.selectors.mine import own_balance
from wallet.selectors.shops import access_shop_for, shops_of
from wallet.selectors.town_shops import TownShop, town_shops

__all__ = [
    "TownShop",
    "access_shop_for",
    "account_of",
    "balance_of",
    "coin",
    "own_balance",
    "shops_of",
    "town_shops",
]
