"""Weeks of a town that shops: many people, three shops, and one shop where only few go."""

from datetime import date, datetime, timedelta

from kernel.clock import jst_midnight
from kernel.principal import SYSTEM
from tests.wallet.town import Person, Till, Town
from wallet import services
from wallet.services.circulation import refresh_circulation

MONDAY = date(2026, 10, 5)
WEEKS = 5
AFTERWARDS = jst_midnight(MONDAY + timedelta(weeks=WEEKS)) + timedelta(hours=1)
PLACES = (("茶屋", "5812", "九日町"), ("食品", "5411", "九日町"), ("パン", "5462", "駅前"), ("薬局", "5912", "駅前"))
FEW = 4


def shops(town: Town) -> list[Till]:
    made = []
    for name, trade, district in PLACES:
        till = town.till(name)
        services.change_shop(
            town.act(SYSTEM), shop_id=till.id, name=name, name_en=name, trade=trade, district=district, why="t"
        )
        made.append(till)
    return made


def people(town: Town, count: int = 12) -> list[Person]:
    town.at = jst_midnight(MONDAY)
    return [town.resident(yen=40_000) for _ in range(count)]


def at(week: int, weekday: int, hour: int) -> datetime:
    return jst_midnight(MONDAY + timedelta(weeks=week, days=weekday)) + timedelta(hours=hour)


def live(town: Town) -> list[Till]:
    """Let twelve people buy tea at noon and food in the evening each Tuesday, eleven bread on Saturday, and four medicine."""
    tills, everybody = shops(town), people(town)
    for week in range(WEEKS):
        for number, person in enumerate(everybody):
            visits = [(0, 1, 12, 100), (1, 1, 18, 300 + 10 * week), *([(2, 5, 9, 200)] if number else [])]
            for shop, weekday, hour, yen in visits + ([(3, 5, 10, 500)] if number < FEW else []):
                town.at = at(week, weekday, hour) + timedelta(minutes=number)
                services.pay_at_once(town.act(person), code=tills[shop].code, amount=yen)
    refresh_circulation(at=AFTERWARDS)
    return tills
