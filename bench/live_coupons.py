"""Two hundred live coupons of ten campaigns, put out through the wallet's own services; some of them are good at one shop."""

from datetime import timedelta
from uuid import UUID

RULES, GOOD_HERE, CAMPAIGNS, BUDGET = 200, 20, 10, 1_000_000_000
PRICE, DISCOUNT, ONE_IN = 100, 10, 5
"""What a payment with a coupon costs before and by how much less it is, and which share of all payments has one."""


def put_out_coupons(shop_id: UUID) -> list[UUID]:
    """Put them out and return those that are good at the shop; Django must know where the database is."""
    import django  # noqa: PLC0415 - the ground has just set where the database is

    django.setup()
    from kernel import clock  # noqa: PLC0415
    from kernel.principal import SYSTEM  # noqa: PLC0415
    from kernel.use_case import Act  # noqa: PLC0415
    from wallet import services  # noqa: PLC0415
    from wallet.engine.coupons import Percent, Rule  # noqa: PLC0415
    from wallet.services.coupons import make_coupon  # noqa: PLC0415

    at, why = clock.now(), "計測"

    def act(what: str) -> Act:
        return Act(SYSTEM, at=at, key=f"bench-{what}")

    purses = [
        services.open_campaign(act(f"campaign-{number}"), name=f"見本{number}", amount=BUDGET, why=why).id
        for number in range(CAMPAIGNS)
    ]
    made = []
    for number in range(RULES):
        is_good_here = number < GOOD_HERE
        rule = Rule(
            benefit=Percent(percent=DISCOUNT * 100 // PRICE),
            starts_at=at,
            ends_at=at + timedelta(days=30),
            stackable=True,
            shops=(shop_id,) if is_good_here else (),
            trades=() if is_good_here else (f"{5400 + number % 40}",),
        )
        coupon = make_coupon(
            act(f"coupon-{number}"), title=f"見本{number}", title_en=f"Sample {number}", rule=rule,
            campaign_id=purses[number % CAMPAIGNS], why=why,
        )  # fmt: skip
        made.append(coupon.id)
    return made[:GOOD_HERE]
