"""The wallet's live feeds: ``wallet.mine`` for a resident, ``wallet.shop:<id>`` for a shop's tills (docs/realtime.md)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kernel import clock
from kernel.principal import Principal
from kernel.problems import NotFound
from kernel.use_case import Act
from wallet.errors import NoWallet
from wallet.selectors.accounts import account_of
from wallet.selectors.balances import balance_of
from wallet.selectors.feeds import entries_about, mine, newest_entries, order_at, receipt_at, till
from wallet.selectors.shops import access_shop_for
from wallet.services import open_account
from wallet.services.announce import ORDER, account_topic, shop_topic


class MineFeed:
    """Balance and the newest lines of whoever listens; the first look opens the wallet."""

    name = "wallet.mine"

    def topic(self, principal: Principal, argument: str) -> str:
        """Return the topic of the listener's own account."""
        if argument or principal.subject is None:
            raise NotFound
        try:
            return account_topic(account_of(principal))
        except NoWallet:
            opened = open_account(Act(principal, at=clock.now()), resident_id=principal.subject)
            return account_topic(opened.id)

    def snapshot(self, topic: str, *, at: datetime) -> dict[str, Any]:
        """Return ``{balance, entries}``."""
        return _members(mine(_id_in(topic), at=at))

    def events(self, topic: str, mark: str, *, at: datetime) -> Iterator[tuple[str, Any]]:
        """Say the balance as it is now, and the lines about the payment ``mark``; the newest lines where there is none."""
        account = _id_in(topic)
        lines = entries_about(account, UUID(mark)) if mark else newest_entries(account)
        yield "balance.changed", {"balance": balance_of(account, at=at)}
        for entry in lines:
            yield "entry.added", {"entry": entry}


class ShopFeed:
    """The newest payments and orders at a shop, for those who run its till."""

    name = "wallet.shop"

    def topic(self, principal: Principal, argument: str) -> str:
        """Return the shop's topic; :raises NotFound: where this person does not work."""
        try:
            shop_id = UUID(argument)
        except ValueError:
            raise NotFound from None
        return shop_topic(access_shop_for(principal, shop_id).pk)

    def snapshot(self, topic: str, *, at: datetime) -> dict[str, Any]:
        """Return ``{payments, orders}``."""
        return _members(till(_id_in(topic)))

    def events(self, topic: str, mark: str, *, at: datetime) -> Iterator[tuple[str, Any]]:
        """Say the payment or order ``mark`` as it is now."""
        if mark.startswith(ORDER):
            yield "order.changed", {"order": order_at(_id_in(topic), UUID(mark.removeprefix(ORDER)))}
            return
        yield "payment.changed", {"receipt": receipt_at(_id_in(topic), UUID(mark))}


def _id_in(topic: str) -> UUID:
    return UUID(topic.partition(":")[2])


def _members(view: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(view, name) for name in view.__struct_fields__}
