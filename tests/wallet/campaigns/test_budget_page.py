"""An administrator's page of a budget: put in, take back, and every movement with what was left after it."""

import pytest

from tests.wallet.audit import assert_whole
from tests.wallet.callers import act
from tests.wallet.test_admin import at_the_desk
from wallet import services
from wallet.selectors.budgets import budget_moves
from wallet.selectors.campaigns import campaign_state

pytestmark = pytest.mark.postgres


def test_a_budget_is_raised_and_returned_with_its_history(city):
    officer, administrator = (at_the_desk(each) for each in city.city_office())
    made = services.open_campaign(act(), name="冬のキャンペーン", amount=10_000, why="当初予算")
    page = f"/admin/budgets/{made.id}"
    assert page in administrator.get("/admin/coupons/").content.decode()
    administrator.post(page, {"deed": "fund", "amount": "5,000", "why": "補正予算"})
    administrator.post(page, {"deed": "return", "amount": "2000", "why": "減額"})
    assert [(each.amount, each.left, each.why) for each in budget_moves(made.id)] == [
        (-2_000, 13_000, "減額"), (5_000, 15_000, "補正予算"), (10_000, 10_000, "当初予算"),
    ]  # fmt: skip
    shown = administrator.get(page).content.decode()
    assert "補正予算" in shown
    assert "13,000" in shown
    for wrong in ("", "-1", "１０", "1e3", "0", "14000"):
        administrator.post(page, {"deed": "return" if wrong == "14000" else "fund", "amount": wrong, "why": "x"})
    assert campaign_state(made.id).left == 13_000
    assert officer.get(page).status_code == 403
    assert officer.post(page, {"deed": "return", "why": "x"}).status_code == 403
    administrator.post(page, {"deed": "return", "why": "事業の終了"})
    assert campaign_state(made.id).left == 0
    assert administrator.get(f"/admin/budgets/{made.account_id}").status_code == 404
    assert_whole()
