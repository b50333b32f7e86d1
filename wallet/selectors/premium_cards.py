"""Cards for Home about coins with a bonus: what one may buy, what one may apply for."""

from datetime import datetime

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kernel.contributions import Card, Place
from kernel.principal import Principal
from wallet.selectors.premium import PremiumOffer, offers_for


class PremiumCards:
    """A :class:`kernel.contributions.CardProvider`."""

    kinds = {"wallet.premium": gettext_lazy("プレミアム付コイン")}  # noqa: RUF012 - a table

    def cards(self, principal: Principal, *, at: datetime, place: Place | None) -> list[Card]:
        """Return a card for each campaign in which there is something to do; what was done or is not for one gives none."""
        cards = (_card(offer) for offer in offers_for(principal, at=at).results)
        return [card for card in cards if card is not None]


def _card(offer: PremiumOffer) -> Card | None:
    mine = offer.mine
    if mine is None or not mine.is_for_me:
        return None
    words = {"units": mine.may_buy, "paid": f"{offer.unit_yen:,}", "whole": f"{offer.unit_yen + offer.bonus:,}"}
    if offer.state == "selling" and mine.may_buy and (mine.allotted or not mine.bought):
        detail = _("あと%(units)s口買えます。%(paid)s円で%(whole)s円分です。") % words
        return _shape(offer, detail, until=mine.buy_until or offer.sells_until, weight=55 if mine.allotted else 30)
    if offer.state == "applying" and mine.ticket is None:
        detail = _("申し込みを受け付けています。%(paid)s円で%(whole)s円分です。") % words
        return _shape(offer, detail, until=offer.apply_until or offer.sells_until, weight=40)
    return None


def _shape(offer: PremiumOffer, detail: str, *, until: datetime, weight: int) -> Card:
    reads_japanese = (get_language() or "ja").startswith("ja")
    return Card(
        key=f"wallet.premium.{offer.id}", kind="wallet.premium", title=offer.name if reads_japanese else offer.name_en,
        detail=detail, link=f"/pay/premium/{offer.id}", weight=weight, until=until,
    )  # fmt: skip
