"""A campaign that sells coins with a bonus is made: its terms are announced once, its budget reaches for every unit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from django.conf import settings

from kernel import draw
from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.principal import Principal
from kernel.problems import FieldFault, NotAllowed, NotFound, _
from kernel.use_case import Act, Key, use_case
from wallet.engine.premium import budget_of
from wallet.errors import PremiumNotOnSale, PremiumTermsInvalid
from wallet.models import Premium, PremiumWay
from wallet.services.campaigns import open_campaign

RUN = "wallet.run_premium"


class PremiumMade(msgspec.Struct, frozen=True):
    """A campaign was made; ``budget`` is what it was funded with."""

    id: UUID
    campaign_id: UUID
    budget: int


@dataclass(frozen=True, kw_only=True)
class PremiumTerms:
    """What is announced. The last four belong to a campaign with a draw; ``source`` is that of the draw's seed."""

    name: str
    name_en: str
    who: str
    unit_yen: int
    rate_bp: int
    units: int
    per_person: int
    sells_from: datetime
    sells_until: datetime
    bonus_last_day: date
    apply_from: datetime | None = None
    apply_until: datetime | None = None
    draw_at: datetime | None = None
    window_days: int | None = None
    source: str = ""


@use_case("wallet.make_premium", key=Key.REQUIRED, status=201)
def make_premium(act: Act, *, terms: PremiumTerms, why: str) -> PremiumMade:
    """Announce a campaign and fund it for every unit; where units are drawn, open the draw.

    :raises NotAllowed: without the rights to run and to fund; :raises PremiumTermsInvalid: with the field that is wrong.
    """
    check_right(act.principal)
    check_terms(terms, at=act.at)
    budget = budget_of(terms.units, terms.unit_yen, terms.rate_bp)
    campaign = open_campaign(act, name=terms.name, amount=budget, why=why)
    is_drawn = terms.apply_from is not None
    row = Premium.objects.create(
        id=new_id(act.at),
        campaign_id=campaign.id,
        name=terms.name,
        name_en=terms.name_en,
        way=PremiumWay.DRAW if is_drawn else PremiumWay.FIRST_COME,
        who=terms.who,
        unit_yen=terms.unit_yen,
        rate_bp=terms.rate_bp,
        units=terms.units,
        per_person=terms.per_person,
        apply_from=terms.apply_from,
        apply_until=terms.apply_until,
        draw_at=terms.draw_at,
        window_days=terms.window_days,
        draw_id=_open_draw(act, terms) if is_drawn else None,
        sells_from=terms.sells_from,
        sells_until=terms.sells_until,
        bonus_last_day=terms.bonus_last_day,
        made_at=act.at,
    )
    act.audit(what={"premium_id": str(row.pk), "campaign_id": str(campaign.id), "budget": budget}, why=why)
    return PremiumMade(id=row.pk, campaign_id=campaign.id, budget=budget)


@use_case("wallet.end_premium")
def end_premium(act: Act, *, premium_id: UUID, why: str) -> None:
    """Sell no more, from now on. What was bought stays bought; the rest of the budget is returned by the campaign's own service.

    :raises NotAllowed: :raises NotFound: :raises PremiumNotOnSale: where it is over already.
    """
    check_right(act.principal)
    row = locked_premium(premium_id)
    if row.ended_at is not None:
        raise PremiumNotOnSale
    row.ended_at = act.at
    row.save(update_fields=["ended_at"])
    act.audit(what={"premium_id": str(premium_id)}, why=why)


def check_terms(terms: PremiumTerms, *, at: datetime) -> None:
    """Refuse terms that do not hold together; :raises PremiumTermsInvalid: with every field that is wrong.

    A bonus lives no longer than other coins, reckoned from the first day of sale, so that it too stays under six months
    (資金決済法 article 4(2)).
    """
    most = jst_date(terms.sells_from) + timedelta(days=settings.COIN["lot_days"])
    last_sale = terms.sells_until - timedelta(microseconds=1)
    faults = {
        "name": (not terms.name.strip(), _("名前を入力してください。")),
        "name_en": (not terms.name_en.strip(), _("英語の名前を入力してください。")),
        "unit_yen": (
            not 1 <= terms.unit_yen <= settings.COIN["balance"],
            _("1口の金額を、残高の上限までの円で入力してください。"),
        ),
        "rate_bp": (not 1 <= terms.rate_bp <= 10_000, _("上乗せは0.01%から100%までにしてください。")),
        "units": (not 1 <= terms.units <= 1_000_000, _("口数は1から100万までにしてください。")),
        "per_person": (not 1 <= terms.per_person <= terms.units, _("1人の上限は、1から全体の口数までにしてください。")),
        "sells_until": (
            terms.sells_until <= max(terms.sells_from, at),
            _("販売終了は、発売といまより後にしてください。"),
        ),
        "bonus_last_day": (
            not jst_date(last_sale) <= terms.bonus_last_day <= most,
            _("上乗せ分の期限は、販売終了の日から、発売の日の180日後までにしてください。"),
        ),
        "apply_until": (_are_disordered(terms), _("申込の始まり、締切、抽選、発売の順になるようにしてください。")),
    }
    wrong = [
        FieldFault(field=name, code="invalid", message=str(words))
        for name, (is_wrong, words) in faults.items()
        if is_wrong
    ]
    if wrong:
        raise PremiumTermsInvalid(errors=wrong)


def _are_disordered(terms: PremiumTerms) -> bool:
    given = (terms.apply_from, terms.apply_until, terms.draw_at, terms.window_days)
    if all(each is None for each in given):
        return False
    if terms.apply_from is None or terms.apply_until is None or terms.draw_at is None or not terms.window_days:
        return True
    return not terms.apply_from < terms.apply_until < terms.draw_at <= terms.sells_from


def _open_draw(act: Act, terms: PremiumTerms) -> UUID:
    about = f"{terms.name} / {terms.name_en}"
    return draw.open_draw(act, about=about, rule=draw.Rule(units=terms.units), source=terms.source)


def check_right(principal: Principal) -> None:
    """Let through who runs such campaigns; :raises NotAllowed: for others."""
    if not principal.may(RUN):
        raise NotAllowed


def locked_premium(premium_id: UUID) -> Premium:
    """Return a campaign, locked; :raises NotFound: where there is none."""
    row = Premium.objects.select_for_update(of=("self",)).select_related("campaign").filter(pk=premium_id).first()
    if row is None:
        raise NotFound
    return row
