"""The demo city's coins with a bonus: one campaign on sale, one whose draw is over, one that takes applications."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

from accounts.selectors import ResidentPrincipal, principal_of, seeded_personas, seeded_residents
from kernel import clock
from kernel.clock import jst_date
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet.demo import anchor_of
from wallet.demo.life import HEROINE
from wallet.selectors.premium_desks import desks
from wallet.services import (
    apply_for_premium,
    issue_customer_code,
    make_premium,
    move_draws,
    sell_premium_at_counter,
)
from wallet.services.premium import PremiumTerms

APPLICANTS, BUYERS = 24, 12


def seed_premium() -> None:
    """Announce the three, once; people apply and buy as the days before the anchor went by."""
    anchor = anchor_of(clock.now())
    if desks(at=anchor):
        return
    today = jst_date(anchor)
    on_sale = PremiumTerms(
        name="きじ馬プレミアム",
        name_en="Kijiuma premium",
        who="everybody",
        unit_yen=5000,
        rate_bp=2000,
        units=200,
        per_person=2,
        sells_from=anchor - timedelta(days=10),
        sells_until=anchor + timedelta(days=50),
        bonus_last_day=today + timedelta(days=90),
    )
    drawn = replace(
        on_sale, name="冬のプレミアム", name_en="Winter premium", units=30, per_person=3, rate_bp=3000,
        apply_from=anchor - timedelta(days=20), apply_until=anchor - timedelta(days=6),
        draw_at=anchor - timedelta(days=5), window_days=21, sells_from=anchor - timedelta(days=4), source="city",
    )  # fmt: skip
    applying = replace(
        drawn, name="年末プレミアム", name_en="Year-end premium", units=100, per_person=4,
        apply_from=anchor - timedelta(days=3), apply_until=anchor + timedelta(days=11),
        draw_at=anchor + timedelta(days=12), sells_from=anchor + timedelta(days=14), source="",
    )  # fmt: skip
    heroine = next((each.resident_id for each in seeded_personas() if each.persona.email == HEROINE), None)
    people = [principal_of(user.resident_id) for user in seeded_residents(APPLICANTS * 2)]
    _sell(on_sale, [person for person in people if person.actor != heroine][:BUYERS])
    others = [person for person in people if person.actor != heroine]
    she = [] if heroine is None else [principal_of(heroine)]
    _draw(drawn, [*she, *others][:APPLICANTS])
    _make(applying, 3)


def _make(terms: PremiumTerms, number: int) -> UUID:
    act = Act(SYSTEM, at=(terms.apply_from or terms.sells_from) - timedelta(days=1), key=f"demo-premium-{number}")
    return make_premium(act, terms=terms, why="まちの店での買い物を支えるため").id


def _sell(terms: PremiumTerms, people: list[ResidentPrincipal]) -> None:
    premium_id, chance = _make(terms, 1), Random(7)  # noqa: S311 - made-up people
    for number, person in enumerate(people):
        at = terms.sells_from + timedelta(hours=10 + 17 * number)
        code = issue_customer_code(Act(person, at=at)).code
        units, act = chance.randrange(1, 3), Act(SYSTEM, at=at, key=f"demo-premium-sale-{number}")
        sell_premium_at_counter(
            act, premium_id=premium_id, customer_code=code, units=units, amount=units * terms.unit_yen
        )


def _draw(terms: PremiumTerms, people: list[ResidentPrincipal]) -> None:
    premium_id, chance = _make(terms, 2), Random(11)  # noqa: S311 - made-up people
    assert terms.apply_from is not None and terms.apply_until is not None and terms.draw_at is not None  # noqa: S101, PT018 - with a draw
    for number, person in enumerate(people):
        act = Act(person, at=terms.apply_from + timedelta(hours=9 + 11 * number), key=f"demo-premium-wish-{number}")
        apply_for_premium(act, premium_id=premium_id, units=chance.randrange(1, 4))
    for at in (terms.apply_until, terms.draw_at + timedelta(minutes=5)):
        move_draws(at=at)
