"""An autumn campaign, as the tests of its parts begin with it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kernel.principal import SYSTEM
from tests.wallet.town import NOON, Person, Till, Town
from wallet import services
from wallet.models import Balance, Premium
from wallet.selectors.lots import lots_of as states
from wallet.services.premium import PremiumTerms

LAST_DAY = date(2027, 2, 28)

FIRST_COME = PremiumTerms(
    name="プレミアム付コイン 秋",
    name_en="Premium coins, autumn",
    who="everybody",
    unit_yen=5000,
    rate_bp=2000,
    units=10,
    per_person=3,
    sells_from=NOON - timedelta(days=1),
    sells_until=NOON + timedelta(days=60),
    bonus_last_day=LAST_DAY,
)
DRAWN = replace(
    FIRST_COME,
    apply_from=NOON - timedelta(days=1),
    apply_until=NOON + timedelta(days=7),
    draw_at=NOON + timedelta(days=7, hours=1),
    sells_from=NOON + timedelta(days=8),
    window_days=14,
    source="city",
)


def made(town: Town, terms: PremiumTerms = FIRST_COME, **changed: Any) -> Premium:
    """Announce a campaign."""
    row = services.make_premium(town.act(SYSTEM), terms=replace(terms, **changed), why="秋の消費を支えるため")
    return Premium.objects.select_related("campaign").get(pk=row.id)


def sell(
    town: Town, row: Premium, person: Person, units: int, till: Till | None = None, after: timedelta = timedelta()
):
    """Sell units, at a till or at the counter."""
    code = town.customer_code(person, after=after)
    said = {"premium_id": row.pk, "customer_code": code, "units": units, "amount": units * row.unit_yen}
    if till is None:
        return services.sell_premium_at_counter(town.act(SYSTEM, after=after), **said)
    return services.sell_premium_at_shop(town.act(till.cashier, after=after), shop_id=till.id, **said)


def budget_left(row: Premium) -> int:
    """Return what is left of the budget."""
    return Balance.objects.get(pk=row.campaign.account_id).amount


def lots_of(account: UUID) -> list[tuple[str, int, date]]:
    """Return what remains in an account, in the order of spending."""
    return [(str(lot.kind), lot.remaining, lot.expires_on) for lot in states(account)]
