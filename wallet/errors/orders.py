"""Refusals about orders."""

from kernel.problems import _
from wallet.errors.ledger import WalletRefusal


class OrderNotOpen(WalletRefusal):
    """The order was paid, cancelled, or its time is over."""

    code = "order_not_open"
    status = 409
    title = _("この注文は、支払い済みか、すでに終わっています。")


class OrderNotWaiting(WalletRefusal):
    """An officer helps an order along only once it waits long, and as it waits: another was first, or it is too early."""

    code = "order_not_waiting"
    status = 409
    title = _("この注文は、まだ長く待っていないか、すでに進んでいます。画面を開き直してください。")


class OrderBeingPaid(WalletRefusal):
    """Somebody is paying this order at the moment, here or on another phone."""

    code = "order_being_paid"
    status = 409
    title = _("この注文は、いま支払いの手続き中です。終わるのを待つか、始めた端末でやめてください。")


class OrderMethodRefused(WalletRefusal):
    """The seller does not take this way of paying for this order."""

    code = "order_method_refused"
    status = 422
    title = _("この注文は、選んだ方法では支払えません。別の方法を選んでください。")


class OrderPartUnsound(WalletRefusal):
    """Coins and card together make the price: at least one yen in coins and fifty on the card."""

    code = "order_part_unsound"
    status = 422
    title = _("コインとカードの分け方を確かめてください。カードで支払えるのは50円からです。")


class OrderLinesUnsound(WalletRefusal):
    """A line is unknown, named twice, or less is left of it; or all lines together are more than may be asked for."""

    code = "order_lines_unsound"
    status = 422
    title = _("明細を確かめてください。残っている金額より多いか、ない行があります。")


class OrderDiffers(WalletRefusal):
    """Another order stands under the same source: an app's retry asks for the same again."""

    code = "order_differs"
    status = 409
    title = _("同じ番号の注文が、別の内容ですでにあります。")


class OrderNotHeld(WalletRefusal):
    """Nothing is set aside for this order, or it was taken already."""

    code = "order_not_held"
    status = 409
    title = _("この注文のために取り置かれているお金はありません。")


class OrderNotPaid(WalletRefusal):
    """The order is not paid: there is nothing to deliver or to give back."""

    code = "order_not_paid"
    status = 409
    title = _("この注文は、まだ支払われていません。")


class OrderCardLocked(WalletRefusal):
    """The card's part cannot go back now: its holder disputes it, or it went back at the card company already."""

    code = "order_card_locked"
    status = 409
    title = _("カードで支払われた分は、いま返金できません。市役所のコインの窓口にお問い合わせください。")


class PartOfOrder(WalletRefusal):
    """A payment or hold of an order: it is given back, captured and let go by the order's lines."""

    code = "part_of_order"
    status = 409
    title = _("これは注文の一部です。注文の画面から手続きしてください。")
