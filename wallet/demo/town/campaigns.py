"""The city's week: coins with a bonus, a coupon of the city's beside one of a shop's own; then the rest goes back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from kernel.clock import jst_midnight
from wallet import services
from wallet.demo.town.people import Keys, Townshop
from wallet.engine.coupons import Percent, Rule
from wallet.services import coupons
from wallet.services.premium import PremiumTerms

UNIT_YEN, RATE_BP, PER_PERSON = 5000, 2000, 2
BUDGET_A_PERSON = 60
"""What the coupon may cost, in yen for each of the town: a busy week spends it."""


@dataclass(frozen=True)
class Week:
    """What is on while the campaign lasts: which premium is sold, and the campaign whose budget the coupon spends."""

    premium: UUID
    purse: UUID
    ends_at: datetime


def begin_week(keys: Keys, shops: list[Townshop], people: int, first: date, last: date) -> Week:
    """Announce everything in the night before the first day; the last day is whole."""
    begins_at, ends_at = jst_midnight(first), jst_midnight(last + timedelta(days=1))
    terms = PremiumTerms(
        name="見本プレミアム", name_en="Sample premium", who="everybody", unit_yen=UNIT_YEN, rate_bp=RATE_BP,
        units=max(4, people // 4), per_person=PER_PERSON, sells_from=begins_at, sells_until=ends_at,
        bonus_last_day=last + timedelta(days=5),
    )  # fmt: skip
    premium = services.make_premium(keys.act(None, begins_at), terms=terms, why="見本の町の応援")
    purse = services.open_campaign(
        keys.act(None, begins_at), name="見本の町のクーポン", amount=people * BUDGET_A_PERSON, why="見本の町の応援"
    ).id
    citys = Rule(
        benefit=Percent(percent=10, cap=200), starts_at=begins_at, ends_at=ends_at, minimum=500, per_day=1,
        stackable=True, priority=2,
    )  # fmt: skip
    coupons.make_coupon(
        keys.act(None, begins_at), title="見本1割引き", title_en="10% off", rule=citys, campaign_id=purse, why="応援"
    )
    own = Rule(
        benefit=Percent(percent=5), starts_at=begins_at, ends_at=ends_at, shops=(shops[0].id,), funded_by="shop",
        stackable=True, priority=1,
    )  # fmt: skip
    coupons.make_shop_coupon(keys.act(None, begins_at), title="見本の店の5分引き", title_en="5% off here", rule=own)
    return Week(premium.id, purse, ends_at)


def end_week(keys: Keys, week: Week, at: datetime) -> int:
    """Take back what is left of the coupon's budget and close it; return how much."""
    left = services.close_campaign(keys.act(None, at), campaign_id=week.purse, why="期間の終わり").left
    if left:
        services.return_rest(keys.act(None, at), campaign_id=week.purse, amount=left, why="使い残し")
    return left
