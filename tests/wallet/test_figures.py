"""Every figure on a screen is the ledger's: after a random life each is summed anew from the postings alone."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection

from kernel.clock import jst_date
from tests.wallet.simulation import Simulation
from wallet import services
from wallet.engine.months import Month
from wallet.models import Hold, Payment
from wallet.selectors.balances import balance_of, entries_of, takings_of
from wallet.selectors.campaigns import campaign_state
from wallet.selectors.coupons.desk import coupon_row
from wallet.selectors.expiries import expired_by_day
from wallet.selectors.holds import open_holds_at
from wallet.selectors.law import law_report
from wallet.selectors.receipts import receipt_of
from wallet.selectors.sending import limits_left
from wallet.selectors.shop_days import shop_month, shop_months
from wallet.selectors.statements import months_of, statement_of

pytestmark = [pytest.mark.postgres, pytest.mark.slow]  # a life of some hundred acts, and then every figure of everybody


@pytest.fixture
def life(committed_db) -> Simulation:
    """Let a town live through several days, sweep what ended, and stand at the end of it."""
    lived = Simulation(20261130, residents=6, shops=3)
    lived.live(400)
    services.expire_lots(at=lived.town.at)
    return lived


def posted(where: str, *values: object) -> int:
    """Sum postings (p) of journals (j) between accounts (d, c)."""
    statement = (
        "SELECT coalesce(sum(p.amount), 0) FROM wallet_posting p JOIN wallet_journal j ON j.id = p.journal_id"
        " JOIN wallet_account d ON d.id = p.debit_id JOIN wallet_account c ON c.id = p.credit_id WHERE "
    )
    with connection.cursor() as cursor:
        cursor.execute(statement + where, values)
        return int(cursor.fetchone()[0])


def net(account, more: str = "true", *values: object) -> int:
    """Sum what came to an account less what left it."""
    return posted(f"p.credit_id = %s AND {more}", account, *values) - posted(
        f"p.debit_id = %s AND {more}", account, *values
    )


def test_every_figure_is_the_ledgers(life):
    at, today = life.town.at, jst_date(life.town.at)
    assert {"bargain:done", "send:done", "refund:done", "void:done", "capture:done", "hold:done"} <= set(life.outcomes)
    for purse in life.purses:
        _residents_figures(purse.person.account, at)
    for till in life.tills:
        _shops_figures(till, at)
    for payment in Payment.objects.all():
        _receipts_figures(payment)
    _citys_figures(life, at, today)


def _residents_figures(account, at) -> None:
    now = balance_of(account, at=at)
    held = sum(hold.amount for hold in Hold.objects.filter(status="held") if hold.account_id == account)
    assert (now.available + now.held, now.held) == (net(account), held)
    assert sum(lot.remaining for lot in now.lots) == now.available
    lines = list(entries_of(account))
    assert sum(line.amount if line.direction == "in" else -line.amount for line in lines) == now.available
    expected = 0
    for month in reversed(months_of(account, at=at).results):
        said = statement_of(account, Month.read(month.month))
        assert said.opening == expected
        expected = said.closing
        assert sum(lot.remaining for lot in said.lots) == said.closing
    assert expected == now.available
    sent = posted("p.debit_id = %s AND j.kind = 'send' AND jst_date(j.at) = %s", account, jst_date(at))
    assert limits_left(account, at=at).left_today == settings.SEND["per_day"] - min(sent, settings.SEND["per_day"])


def _shops_figures(till, at) -> None:
    assert takings_of(till.account) == net(till.account)
    total = 0
    for month in shop_months(till.id, at=at).results:
        for day in shop_month(till.id, Month.read(month.month)):
            came = posted("p.credit_id = %s AND jst_date(j.at) = %s", till.account, day.day)
            went = posted("p.debit_id = %s AND jst_date(j.at) = %s", till.account, day.day)
            assert (day.figures.paid, day.figures.back) == (came, went)
            total += day.figures.net
    assert total == net(till.account)
    assert sum(hold.amount for hold in open_holds_at(till.id)) == sum(
        hold.amount for hold in Hold.objects.filter(status="held") if hold.shop_id == till.id
    )


def _receipts_figures(payment) -> None:
    receipt = receipt_of(payment)
    own = "p.debit_id = %s AND p.journal_id = %s"
    assert receipt.amount == posted(own, payment.account_id, payment.journal_id)
    assert receipt.discount == posted("d.kind = 'campaign' AND p.journal_id = %s", payment.journal_id)
    refunds = [refund.journal_id for refund in payment.refunds.all()]
    assert receipt.refunded == posted("p.credit_id = %s AND p.journal_id = ANY(%s)", payment.account_id, refunds)


def _citys_figures(life: Simulation, at, today: date) -> None:
    budget = campaign_state(life.purse_of_city.id)
    funded = net(budget.account_id, "j.kind = 'fund'")
    assert (budget.funded, budget.left, budget.spent) == (
        funded,
        net(budget.account_id),
        funded - net(budget.account_id),
    )
    assert coupon_row(life.coupon).borne == budget.spent
    for row in expired_by_day(at=at):
        assert row.amount == posted("j.kind = 'expiry' AND jst_date(j.at) = %s", row.day)
    report = law_report(today)
    everybody = sum(net(purse.person.account) for purse in life.purses)
    assert report.paid + report.bonus == everybody
    for flow, of_kind in ((report.paid_flow, report.paid), (report.bonus_flow, report.bonus)):
        assert flow.opening + flow.issued - flow.used - flow.expired - flow.other == flow.closing == of_kind
    issued = report.paid_flow.issued + report.bonus_flow.issued
    assert issued == posted("j.kind = 'top_up' AND j.at >= %s", report.period_begins)
