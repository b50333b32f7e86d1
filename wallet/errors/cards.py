"""Refusals of card payments and top-ups."""

from kernel.problems import _
from wallet.errors.ledger import WalletRefusal


class CardsNotOffered(WalletRefusal):
    """Nobody takes cards for the city: it has no contract with a card company."""

    code = "cards_not_offered"
    status = 404
    title = _("このまちでは、カードやコンビニでのチャージをまだ使えません。窓口かお店をご利用ください。")


class CardVendorAway(WalletRefusal):
    """The card company does not answer; the same request may be sent again."""

    code = "card_vendor_away"
    status = 503
    is_kept = False
    title = _("カード会社につながりません。しばらくしてから、もう一度お試しください。")


class CardVendorRefuses(WalletRefusal):
    """The card company does not do it; ``reason`` is its word."""

    code = "card_vendor_refuses"
    status = 409
    title = _("カード会社がこの手続きを受け付けませんでした。")


class TopUpOutOfRange(WalletRefusal):
    """Less or more than one may top up at once; ``least`` and ``most`` say how much that is."""

    code = "top_up_out_of_range"
    status = 422
    title = _("1回にチャージできる金額の範囲を外れています。")


class CardEventForged(WalletRefusal):
    """Not signed by the card company, or signed too long ago: nothing is believed and nothing recorded."""

    code = "card_event_forged"
    status = 400
    is_kept = False
    title = _("この知らせは、カード会社からのものと確かめられませんでした。")


class TopUpNotRefundable(WalletRefusal):
    """Coins of this top-up were spent, or it was given back; ``refundable`` says how much could still be."""

    code = "top_up_not_refundable"
    status = 409
    title = _("このチャージは、もうカードに戻せません。使われたか、すでに戻されています。")


class CardAlertClosed(WalletRefusal):
    """Somebody has dealt with it already."""

    code = "card_alert_closed"
    status = 409
    title = _("この件は、すでに処理済みです。")
