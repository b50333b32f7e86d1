"""Figures of whole weeks: what is said adds up to the ledger, and four people at the pharmacy stay unknown however one asks."""

from datetime import timedelta

import pytest

from tests.wallet.circulation.books import rows
from tests.wallet.circulation.weeks import AFTERWARDS, MONDAY, WEEKS, at, live
from wallet import services
from wallet.models import CirculationFigure, Shop
from wallet.selectors.circulation import circulation, effect_of, weeks_asked, weeks_said
from wallet.services.circulation import refresh_circulation

pytestmark = pytest.mark.slow  # two hundred payments of five weeks


@pytest.fixture
def weeks(town):
    """Let the town live its five weeks."""
    town.tills = live(town)
    return weeks_asked(MONDAY, MONDAY + timedelta(weeks=WEEKS))


def said(table) -> dict[tuple[str, str], int | None]:
    return {(line.row, line.column): line.yen for line in table.lines}


def test_the_whole_is_what_the_ledger_says(weeks):
    found = circulation(weeks)
    booked = rows("SELECT coalesce(sum(amount), 0)::bigint FROM wallet_posting p JOIN wallet_journal j ON j.id = p.journal_id"
                  " WHERE j.kind = 'payment' AND j.at < %s", AFTERWARDS)[0][0]  # fmt: skip
    assert (weeks.count, found.spent.yen, found.spent.payments) == (5, booked, 5 * 39)
    assert sum(line.yen or 0 for line in found.days.lines) + found.days.unsaid_yen == booked
    for table in (found.districts, found.trades, found.hours, found.days):
        assert sum(line.yen or 0 for line in table.lines) + table.unsaid_yen == booked
    assert (found.payers_a_week, found.withheld_weeks) == (12, 0)
    assert found.coins_out.average_yen % 10_000 == 0


def test_four_people_stay_unknown_and_take_another_with_them(weeks):
    found = circulation(weeks)
    assert said(found.trades) == {
        ("5411", ""): 5 * 12 * 320,
        ("5462", ""): None,
        ("5812", ""): 5 * 12 * 100,
        ("5912", ""): None,
    }
    assert said(found.districts) == {("九日町", ""): 5 * 12 * 420, ("駅前", ""): 5 * (11 * 200 + 4 * 500)}
    assert said(found.district_trades)["駅前", "5912"] is None
    assert said(found.district_trades)["駅前", "5462"] is None
    assert said(found.hours)["10", ""] is None
    here = circulation(weeks, district="駅前")
    assert (here.spent.yen, said(here.trades)) == (21_000, {("5462", ""): None, ("5912", ""): None})
    assert here.trades.unsaid_yen == 21_000
    assert circulation(weeks, district="駅前", trade="5912").spent.yen is None
    assert circulation(weeks, trade="5912").spent.yen is None


def test_one_week_more_or_less_tells_nothing_of_the_few(weeks):
    """Longer times are sums of what each week says, so their difference is a week that was asked for anyway."""
    four, five = (circulation(weeks_asked(MONDAY, MONDAY + timedelta(weeks=count - 1))) for count in (4, 5))
    last = circulation(weeks_asked(MONDAY + timedelta(weeks=4), MONDAY + timedelta(weeks=4)))
    for name in ("days", "hours", "districts", "trades", "district_trades", "trade_steps"):
        shorter, longer, only = (said(getattr(each, name)) for each in (four, five, last))
        for key, yen in only.items():
            assert ((longer[key] or 0) - (shorter.get(key) or 0) or None) == yen


def test_who_goes_from_where_to_where_within_a_week(weeks):
    found = circulation(weeks)
    assert said(found.trade_steps) == {
        ("5411", "5462"): 5 * 11 * 200, ("5462", "5912"): None, ("5411", "5912"): None, ("5812", "5411"): 5 * 12 * 320,
    }  # fmt: skip
    assert said(found.district_steps)["九日町", "駅前"] == 5 * (11 * 200 + 500)


def test_a_week_beside_the_weeks_before(weeks):
    last = weeks_asked(MONDAY + timedelta(weeks=4), MONDAY + timedelta(weeks=4))
    effect = effect_of(last, district="九日町")
    assert (effect.during_yen, effect.before_yen) == (12 * 440, 12 * 415)
    assert (effect.least_yen, effect.most_yen, effect.is_beyond) == (12 * 400, 12 * 430, True)
    assert effect.change_permille == 25 * 1000 // 415
    assert [day.during_yen for day in effect.weekdays] == [0, 12 * 440, 0, 0, 0, 0, 0]
    assert effect_of(weeks_asked(MONDAY, MONDAY)) is None


def test_a_week_that_is_not_over_is_not_said(town, weeks):
    assert weeks_said().last == MONDAY + timedelta(weeks=4)
    assert (weeks_asked(None, None).first, weeks_asked(None, None).count) == (MONDAY + timedelta(weeks=1), 4)
    town.at = at(5, 0, 12)
    services.pay_at_once(town.act(town.people[0]), code=town.tills[0].code, amount=100)
    refresh_circulation(at=AFTERWARDS + timedelta(days=6))
    assert weeks_said().last == MONDAY + timedelta(weeks=4)
    refresh_circulation(at=AFTERWARDS + timedelta(days=7))
    assert weeks_said().last == MONDAY + timedelta(weeks=5)
    alone = circulation(weeks_asked(MONDAY + timedelta(weeks=5), MONDAY + timedelta(weeks=5)))
    assert (alone.withheld_weeks, alone.spent.payments, alone.moves.lines) == (1, None, [])


def test_a_corrected_district_corrects_the_weeks_that_were_said(town, weeks):
    Shop.objects.filter(trade="5411").update(district="紺屋町")
    refresh_circulation(at=AFTERWARDS)
    assert said(circulation(weeks).districts)["紺屋町", ""] == 5 * 12 * 320
    assert not CirculationFigure.objects.filter(about="district", row_key="九日町", yen__gt=12 * 100).exists()
