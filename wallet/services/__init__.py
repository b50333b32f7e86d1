"""The front door of the wallet: what other floors and the wallet's own doors may ask it to do."""

from wallet.services.campaigns import (
    close_campaign,
    draw_from_campaign,
    fund_campaign,
    give_back_to_campaign,
    open_campaign,
    return_rest,
)
from wallet.services.closing import close_account
from wallet.services.codes import (
    cancel_charge,
    create_charge,
    forget_numbers,
    issue_customer_code,
    issue_shop_code,
)
from wallet.services.expiring import expire_account, expire_lots
from wallet.services.folding import fold_credits
from wallet.services.freezing import freeze_account, unfreeze_account
from wallet.services.holding import capture_hold, hold, release_expired_holds, release_hold
from wallet.services.merchants.details import describe_shop
from wallet.services.merging import follow_successions, succeed, take_over
from wallet.services.opening import open_account, open_shop
from wallet.services.paying import charge_customer, pay
from wallet.services.paying_at_once import charge_customer_at_once, pay_at_once
from wallet.services.refunding import refund_payment, void_payment
from wallet.services.shop_desk import change_shop, close_shop
from wallet.services.topping_up import issue_coins, top_up_at_counter, top_up_at_shop

__all__ = [
    "cancel_charge",
    "capture_hold",
    "change_shop",
    "charge_customer",
    "charge_customer_at_once",
    "close_account",
    "close_campaign",
    "close_shop",
    "create_charge",
    "describe_shop",
    "draw_from_campaign",
    "expire_account",
    "expire_lots",
    "fold_credits",
    "follow_successions",
    "forget_numbers",
    "freeze_account",
    "fund_campaign",
    "give_back_to_campaign",
    "hold",
    "issue_coins",
    "issue_customer_code",
    "issue_shop_code",
    "open_account",
    "open_campaign",
    "open_shop",
    "pay",
    "pay_at_once",
    "refund_payment",
    "release_expired_holds",
    "release_hold",
    "return_rest",
    "succeed",
    "take_over",
    "top_up_at_counter",
    "top_up_at_shop",
    "unfreeze_account",
    "void_payment",
]
