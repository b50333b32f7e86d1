"""Buying units by card, as the tests of its parts do it."""

from datetime import timedelta
from uuid import UUID

import msgspec

from tests.wallet.cards.company import Counter
from tests.wallet.town import Person
from wallet import services
from wallet.engine.card_results import CardTopUp
from wallet.models import Balance, Premium, PremiumShare

OVER = timedelta(minutes=35)  # the page's life


def ask(
    counter: Counter, who: Person, row: Premium, units: int = 1, *, amount: int | None = None, key: str | None = None
):
    """Ask for so many units and return the answer, whatever it is."""
    cost = units * row.unit_yen if amount is None else amount
    return services.start_premium(counter.town.act(who, key=key), premium_id=row.pk, units=units, amount=cost)


def begin(counter: Counter, who: Person, row: Premium, units: int = 1, *, key: str | None = None) -> CardTopUp:
    """Ask for units and get the company's page."""
    answer = ask(counter, who, row, units, key=key)
    assert answer.status == 201, answer.body
    return msgspec.json.decode(answer.body, type=CardTopUp)


def refusal(
    counter: Counter, who: Person, row: Premium, units: int = 1, *, amount: int | None = None
) -> dict[str, object]:
    """Ask for units and be refused; return the problem."""
    answer = ask(counter, who, row, units, amount=amount)
    assert answer.is_refusal, answer.body
    return dict(msgspec.json.decode(answer.body))


def buy(counter: Counter, who: Person, row: Premium, units: int = 1) -> CardTopUp:
    """Buy units from beginning to end."""
    page = begin(counter, who, row, units)
    counter.enter_card(page)
    counter.hear_all()
    assert counter.row(page).status == "paid"
    return page


def state(row: Premium) -> tuple[int, int, int]:
    """Return the units that are sold or claimed, and what of the budget is free and held."""
    purse = Balance.objects.get(pk=row.campaign.account_id)
    return Premium.objects.get(pk=row.pk).sold, purse.amount, purse.held


def bought(row: Premium, account: UUID | None) -> int:
    """Return the units of one account, as they count towards its cap."""
    share = PremiumShare.objects.filter(premium=row, account_id=account).first()
    return share.bought if share else 0
