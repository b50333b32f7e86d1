"""Tell the phones concerned, after commit; nothing here may undo what was done.

One short message says which payment or account changed; balance, history and receipt are read where somebody watches
(``wallet.consumers``), so that an act costs the same whether anybody does or not.
"""

from uuid import UUID

from kernel.realtime import touch

ORDER = "order/"
"""What stands before an order's id in a mark of a shop's topic; a bare id is a payment's."""


def account_topic(account_id: UUID) -> str:
    """Return the topic of an account's own phone."""
    return f"wallet.account:{account_id}"


def shop_topic(shop_id: UUID) -> str:
    """Return the topic of a shop's tills."""
    return f"wallet.shop:{shop_id}"


def payment_changed(*, payment_id: UUID, account_id: UUID, shop_id: UUID) -> None:
    """Say that a payment was made, refunded or voided: the payer's balance and the shop's list changed."""
    mark = str(payment_id)
    touch({account_topic(account_id): mark, shop_topic(shop_id): mark})


def order_changed(*, order_id: UUID, shop_id: UUID) -> None:
    """Say that an order changed: the shop's tills show it."""
    touch({shop_topic(shop_id): f"{ORDER}{order_id}"})


def balance_changed(*, account_id: UUID) -> None:
    """Say that an account's balance changed without a payment: a top-up, a hold or its end, an expiry."""
    touch({account_topic(account_id): ""})
