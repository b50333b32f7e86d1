"""Telling those who manage an organisation what happened to its money."""

from collections.abc import Mapping
from uuid import UUID

from accounts.notifications import Value, notify
from accounts.selectors import people_of
from kernel.use_case import Act

MANAGER = "merchant.manager"


def tell_managers(act: Act, organisation_id: UUID, message: str, values: Mapping[str, Value], *, dedupe: str) -> None:
    """Write a message to each manager of the organisation, in the act's own transaction."""
    for resident_id in people_of(organisation_id, MANAGER):
        notify(act, to=resident_id, message=message, values=values, dedupe=dedupe)
