"""What the wallet gives to the kernel."""

from celery.schedules import crontab

from kernel.contributions import Check, Contributions, Schedule
from wallet import tasks
from wallet.consumers import MineFeed, ShopFeed
from wallet.demo.life import seed_life
from wallet.demo.shops import seed_shops
from wallet.loops.fold import LEDGER_FOLD
from wallet.selectors.merchant_codes import why_no_codes

TILL = frozenset({"wallet.see_till", "wallet.charge", "wallet.refund", "wallet.top_up_at_shop"})
COUNTER = frozenset({"wallet.top_up_at_counter", "wallet.view_module", "wallet.view_shop"})

contributions = Contributions(
    feeds=(MineFeed(), ShopFeed()),
    checks=(Check("payment_codes", why_no_codes),),
    loops=(LEDGER_FOLD,),
    schedules={
        # At midnight, so that open phones see it; again soon after, for a worker whose clock was still on the day before.
        "wallet.expire_lots": Schedule(tasks.expire_lots.name, crontab(hour=0, minute="0,3"), queue="money"),
        "wallet.forget_numbers": Schedule(tasks.forget_numbers.name, crontab(hour=0, minute=33), queue="bulk"),
        "wallet.release_expired_holds": Schedule(
            tasks.release_expired_holds.name, crontab(minute="*/10"), queue="money"
        ),
    },
    rights={
        "merchant.manager": TILL,
        "merchant.cashier": TILL,
        "city.officer": COUNTER,
        "city.administrator": frozenset({"wallet.register_shops", "wallet.read_ledger", "wallet.issue_coins"}),
    },
    demo=(
        (20, "shops and their codes", seed_shops),
        (21, "coins, and five weeks of payments", seed_life),
    ),
)
