"""The wallet's cards for Home: what may be spent, and coins that end soon."""

from datetime import date, datetime, timedelta

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.notifications import spoken
from kernel.clock import jst_date, jst_midnight
from kernel.contributions import Card, Place
from kernel.principal import Principal
from wallet.engine.results import BalanceNow
from wallet.selectors.mine import own_balance

SOON = timedelta(days=14)


class WalletCards:
    """A :class:`kernel.contributions.CardProvider`."""

    kinds = {  # noqa: RUF012 - a table
        "wallet.balance": gettext_lazy("使える残高"),
        "wallet.ending": gettext_lazy("もうすぐ終わるコイン"),
    }

    def cards(self, principal: Principal, *, at: datetime, place: Place | None) -> list[Card]:
        """Return the balance, and the coins that end within fourteen days, those of the first day only."""
        balance = own_balance(principal, at=at)
        return [_balance(balance), *_ending(balance, jst_date(at))]


def _balance(balance: BalanceNow) -> Card:
    return Card(
        key="wallet.balance", kind="wallet.balance", title=_("使える残高"),
        detail=_("%(amount)s円") % {"amount": f"{balance.available:,}"}, link="/pay", weight=70,
    )  # fmt: skip


def _ending(balance: BalanceNow, today: date) -> list[Card]:
    soon = [lot for lot in balance.lots if lot.expires_on - today <= SOON]
    if not soon:
        return []
    day = min(lot.expires_on for lot in soon)
    amount = sum(lot.remaining for lot in soon if lot.expires_on == day)
    words = {"amount": f"{amount:,}", "day": spoken(day, get_language() or "ja")}
    return [
        Card(
            key=f"wallet.ending.{day}", kind="wallet.ending", title=_("%(amount)s円分のコインが終わります") % words,
            detail=_("%(day)sまで使えます。") % words, link="/pay", weight=45,
            until=jst_midnight(day + timedelta(days=1)),
        )
    ]  # fmt: skip
