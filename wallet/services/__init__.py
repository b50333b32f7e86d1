"""The front door of the wallet: what other floors and the wallet's own doors may ask it to do."""

from wallet.services.bank import (
    book_bank_line,
    book_bank_lines,
    decide_bank_proposal,
    give_transfer_code,
    import_bank_statement,
    look_at_bank_line,
    propose_for_bank_line,
    read_bank_statement,
)
from wallet.services.campaigns import (
    close_campaign,
    draw_from_campaign,
    fund_campaign,
    give_back_to_campaign,
    open_campaign,
    return_rest,
)
from wallet.services.cards import (
    close_card_alert,
    finish_card_refunds,
    give_up_top_up,
    hear_vendor,
    look_for,
    process_card_events,
    reconcile_cards,
    refund_top_up,
    start_top_up,
    sweep_cards,
    voucher_for,
)
from wallet.services.cash import close_till, open_counter, open_till, sign_till
from wallet.services.closing import (
    close_account,
)
from wallet.services.codes import (
    cancel_charge,
    create_charge,
    forget_numbers,
    issue_customer_code,
    issue_shop_code,
)
from wallet.services.expiring import (
    expire_account,
    expire_lots,
)
from wallet.services.folding import (
    fold_credits,
)
from wallet.services.freezing import (
    freeze_account,
    unfreeze_account,
)
from wallet.services.holding import (
    capture_hold,
    hold,
    release_expired_holds,
    release_hold,
)
from wallet.services.merchants.details import (
    describe_shop,
)
from wallet.services.merging import (
    follow_successions,
    succeed,
    take_over,
)
from wallet.services.opening import (
    open_account,
    open_shop,
)
from wallet.services.paying import (
    charge_customer,
    pay,
)
from wallet.services.paying_at_once import (
    charge_customer_at_once,
    pay_at_once,
)
from wallet.services.premium import (
    PremiumTerms,
    apply_for_premium,
    close_applications,
    draw_premium,
    end_premium,
    make_premium,
    move_draws,
    pass_on,
    sell_premium_at_counter,
    sell_premium_at_shop,
    void_premium_sale,
    withdraw_from_premium,
)
from wallet.services.refunding import (
    refund_payment,
    void_payment,
)
from wallet.services.reminding import (
    remind_of_expiry,
)
from wallet.services.sending import (
    cancel_request,
    decline_request,
    forget_old_words,
    issue_receive_code,
    pay_request,
    remind_request,
    request_money,
    send,
)
from wallet.services.settlement import (
    approve_settlement,
    check_settlement,
    confirm_settlement,
    draw_up_due_settlement,
    draw_up_settlement,
    import_banks,
    import_returns,
    look_at_payout_account,
    record_return,
    refuse_payout_account,
    register_payout_account,
    take_settlement_file,
    verify_payout_account,
    withdraw_settlement,
    write_settlement_file,
)
from wallet.services.shop_desk import (
    change_shop,
    close_shop,
)
from wallet.services.topping_up import (
    issue_coins,
    top_up_at_counter,
    top_up_at_shop,
)
from wallet.services.watching import decide_alert, watch_transfers

__all__ = [
    "PremiumTerms",
    "apply_for_premium",
    "approve_settlement",
    "book_bank_line",
    "book_bank_lines",
    "cancel_charge",
    "cancel_request",
    "capture_hold",
    "change_shop",
    "charge_customer",
    "charge_customer_at_once",
    "check_settlement",
    "close_account",
    "close_applications",
    "close_campaign",
    "close_card_alert",
    "close_shop",
    "close_till",
    "confirm_settlement",
    "create_charge",
    "decide_alert",
    "decide_bank_proposal",
    "decline_request",
    "describe_shop",
    "draw_from_campaign",
    "draw_premium",
    "draw_up_due_settlement",
    "draw_up_settlement",
    "end_premium",
    "expire_account",
    "expire_lots",
    "finish_card_refunds",
    "fold_credits",
    "follow_successions",
    "forget_numbers",
    "forget_old_words",
    "freeze_account",
    "fund_campaign",
    "give_back_to_campaign",
    "give_transfer_code",
    "give_up_top_up",
    "hear_vendor",
    "hold",
    "import_bank_statement",
    "import_banks",
    "import_returns",
    "issue_coins",
    "issue_customer_code",
    "issue_receive_code",
    "issue_shop_code",
    "look_at_bank_line",
    "look_at_payout_account",
    "look_for",
    "make_premium",
    "move_draws",
    "open_account",
    "open_campaign",
    "open_counter",
    "open_shop",
    "open_till",
    "pass_on",
    "pay",
    "pay_at_once",
    "pay_request",
    "process_card_events",
    "propose_for_bank_line",
    "read_bank_statement",
    "reconcile_cards",
    "record_return",
    "refund_payment",
    "refund_top_up",
    "refuse_payout_account",
    "register_payout_account",
    "release_expired_holds",
    "release_hold",
    "remind_of_expiry",
    "remind_request",
    "request_money",
    "return_rest",
    "sell_premium_at_counter",
    "sell_premium_at_shop",
    "send",
    "sign_till",
    "start_top_up",
    "succeed",
    "sweep_cards",
    "take_over",
    "take_settlement_file",
    "top_up_at_counter",
    "top_up_at_shop",
    "unfreeze_account",
    "verify_payout_account",
    "void_payment",
    "void_premium_sale",
    "voucher_for",
    "watch_transfers",
    "withdraw_from_premium",
    "withdraw_settlement",
    "write_settlement_file",
]
