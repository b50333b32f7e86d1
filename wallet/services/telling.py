"""Telling the person behind an account what happened to their coins without them."""

from collections.abc import Mapping
from uuid import UUID

from accounts.notifications import Value, notify
from kernel.use_case import Act
from wallet.selectors.accounts import holder_of


def tell_holder(act: Act, *, account_id: UUID, message: str, values: Mapping[str, Value], dedupe: UUID) -> None:
    """Write a message to whose account it is, in the act's own transaction; nothing where the link to them is cut."""
    holder = holder_of(account_id)
    if holder is not None:
        notify(act, to=holder, message=message, values=values, dedupe=str(dedupe))
