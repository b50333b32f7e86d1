"""What the wallet gives to the kernel."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from kernel.contributions import Check, Contributions, Schedule
from wallet import tasks
from wallet.consumers import MineFeed, ShopFeed
from wallet.demo.bank import seed_bank
from wallet.demo.cards import seed_cards
from wallet.demo.circulation import count_circulation
from wallet.demo.coupons import seed_coupons
from wallet.demo.joining import close_last_week, seed_applications
from wallet.demo.life import seed_life
from wallet.demo.merchants import seed_shop_details
from wallet.demo.orders import seed_orders
from wallet.demo.premium import seed_premium
from wallet.demo.rewards import seed_rewards
from wallet.demo.settlements import seed_settlements
from wallet.demo.shops import seed_shops
from wallet.events import OrderRefunded, PaymentRefunded, PaymentSettled
from wallet.handlers import order_refunded, payment_refunded, payment_settled, residents_merged
from wallet.loops.fold import LEDGER_FOLD
from wallet.messages import CATEGORIES, MESSAGES
from wallet.selectors.applications import named_attachments
from wallet.selectors.cards import WalletCards
from wallet.selectors.merchant_codes import why_no_codes
from wallet.selectors.premium_cards import PremiumCards
from wallet.selectors.town_shops import why_no_outline
from wallet.services.merchants import attaching
from wallet.services.personal_store import WalletStore

TILL = frozenset({"wallet.see_till", "wallet.charge", "wallet.refund", "wallet.top_up_at_shop"})
REFUND_LATER = frozenset(
    {"wallet.refund_later"}
)  # after the day of the payment a person gives back, not a till that stands there
SETTLING = frozenset(
    {"wallet.settle", "wallet.verify_payouts", "wallet.keep_till", "wallet.handle_bank", "wallet.pay_out"}
)
GUARD = frozenset(
    {"wallet.freeze_accounts", "wallet.see_law", "wallet.watch", "wallet.handle_cards", "wallet.handle_orders"}
)  # the coin desk
WORKS_THERE = frozenset({"wallet.close_day"})  # people, not the till that stands there
CEILINGS = frozenset({"wallet.refund_beyond", "wallet.set_refund_ceiling"})
MANAGER = CEILINGS | frozenset({"wallet.run_shop_coupons", "wallet.describe_shop", "wallet.read_statements"})
MANAGING = frozenset({"wallet.name_payout", "wallet.see_settlements", "wallet.open_branch"})
SEE_CIRCULATION = "wallet.see_circulation"
REVIEW = "wallet.review_merchants"
COUNTER = frozenset(
    {
        "wallet.top_up_at_counter",
        "wallet.view_module",
        "wallet.view_shop",
        "wallet.run_coupons",
        SEE_CIRCULATION,
        REVIEW,
    }
)

contributions = Contributions(
    feeds=(MineFeed(), ShopFeed()),
    cards=(WalletCards(), PremiumCards()),
    categories=CATEGORIES,
    messages=MESSAGES,
    checks=(Check("payment_codes", why_no_codes), Check("town_outline", why_no_outline)),
    handlers={
        "accounts.residents.merged.v1": (residents_merged,),
        PaymentSettled.name: (payment_settled,),
        PaymentRefunded.name: (payment_refunded,),
        OrderRefunded.name: (order_refunded,),
    },
    loops=(LEDGER_FOLD,),
    schedules={
        # At midnight, so that open phones see it; again soon after, for a worker whose clock was still on the day before.
        "wallet.expire_lots": Schedule(tasks.expire_lots.name, crontab(hour=0, minute="0,3"), queue="money"),
        # In the morning, when nobody is woken by it; twice more, for what a machine that was down has left.
        "wallet.remind_of_expiry": Schedule(
            tasks.remind_of_expiry.name, crontab(hour="9,11,15", minute=20), queue="bulk"
        ),
        "wallet.move_draws": Schedule(tasks.move_draws.name, crontab(minute="*/5"), queue="money"),
        "wallet.sweep_cards": Schedule(tasks.sweep_cards.name, crontab(minute="*/5"), queue="money"),
        "wallet.expire_orders": Schedule(tasks.expire_orders.name, crontab(minute="1-56/5"), queue="money"),
        "wallet.reconcile_cards": Schedule(tasks.reconcile_cards.name, crontab(minute=17), queue="money"),
        "wallet.book_bank_lines": Schedule(tasks.book_bank_lines.name, crontab(), queue="money"),
        "wallet.forget_numbers": Schedule(tasks.forget_numbers.name, crontab(hour=0, minute=33), queue="bulk"),
        # After the night's expiry; again each morning, for a period whose predecessor was undecided until then.
        "wallet.draw_up_settlement": Schedule(tasks.draw_up_settlement.name, crontab(hour=3, minute=10), queue="money"),
        "wallet.check_circulation": Schedule(tasks.check_circulation.name, crontab(hour=2, minute=41), queue="bulk"),
        "wallet.count_circulation": Schedule(tasks.count_circulation.name, crontab(minute="2-52/10"), queue="bulk"),
        "wallet.watch_transfers": Schedule(tasks.watch_transfers.name, crontab(minute="4-54/10"), queue="bulk"),
        "wallet.watch_missed_days": Schedule(tasks.watch_missed_days.name, crontab(hour=1, minute=24), queue="bulk"),
        "wallet.forget_old_words": Schedule(tasks.forget_old_words.name, crontab(hour=0, minute=41), queue="bulk"),
        "wallet.forget_attachments": Schedule(tasks.forget_attachments.name, crontab(hour=0, minute=47), queue="bulk"),
        "wallet.follow_successions": Schedule(tasks.follow_successions.name, crontab(minute="5-55/10"), queue="money"),
        "wallet.release_expired_holds": Schedule(
            tasks.release_expired_holds.name, crontab(minute="*/10"), queue="money"
        ),
    },
    scopes={"wallet": _("おさいふ")},
    rights={
        "merchant.manager": TILL | REFUND_LATER | WORKS_THERE | MANAGER | MANAGING,
        "merchant.cashier": TILL | REFUND_LATER | WORKS_THERE,
        "device.till": TILL,
        "city.officer": COUNTER | GUARD | SETTLING,
        "city.administrator": frozenset(
            {
                "wallet.register_shops",
                "wallet.read_ledger",
                "wallet.issue_coins",
                "wallet.fund_campaigns",
                "wallet.import_banks",
                SEE_CIRCULATION,
                "wallet.run_premium",
                "wallet.run_coupons",
                REVIEW,
            }
        )
        | SETTLING,
    },
    personal_stores=(WalletStore(),),
    files={attaching.AREA: named_attachments},
    purposes={
        "wallet.before_closing": _("アカウントを閉じる前の残高の確認"),
        "wallet.my_application": _("加盟店の申込みの手続き"),
        "wallet.review_merchant": _("加盟店の申込みの審査"),
        "wallet.my_export": _("おさいふのデータの書き出し"),
        "wallet.targeted_coupons": _("あなた向けのクーポン"),
    },
    data_classes={"wallet": _("コインの口座"), "merchant": _("加盟店の申込み")},
    demo=(
        (20, "shops and their codes", seed_shops),
        (21, "coins, and five weeks of payments", seed_life),
        (24, "coins with a bonus, and a draw", seed_premium),
        (23, "coupons and who used them", seed_coupons),
        (25, "stamp cards, a referral and a coupon for families", seed_rewards),
        (22, "top-ups by card and at convenience stores", seed_cards),
        (25, "itemised orders", seed_orders),
        (26, "where shops are and when they open", seed_shop_details),
        (27, "banks, and the last settlements", seed_settlements),
        (25, "the tea house's days, closed for a week", close_last_week),
        (28, "a statement of the city's bank", seed_bank),
        (29, "businesses that apply", seed_applications),
        (30, "what circulated, counted", count_circulation),
    ),
)
