"""A message to one resident, in the transaction of the act that causes it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import connection
from django.utils import translation

from accounts.engine.wording import Value, blanks, pack
from accounts.models import VALUES_PLACE, Dispatch, Resident
from accounts.services.notices.telling import message_added
from kernel import contributions
from kernel.access import access
from kernel.contributions import Message
from kernel.ids import new_id
from kernel.principal import SYSTEM_ACTOR
from kernel.use_case import Act, use_case

_INSERT = """
INSERT INTO accounts_inboxmessage (id, resident_id, name, sealed_values, category, priority, dedupe, at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (resident_id, dedupe) DO NOTHING RETURNING id
"""


class MessageUnknown(LookupError):
    """No app declares a message of this name: a fault of whoever calls, found by the first test that comes by."""


class ValuesMismatch(ValueError):
    """The values are not those that the message has blanks for."""


@use_case("accounts.notify")
def notify(act: Act, *, to: UUID, message: str, values: Mapping[str, Value], dedupe: str) -> None:
    """Write a message to a resident. This function will write nothing where the same was written, or the account is closed.

    ``dedupe`` names the occasion: a handler that runs twice tells once.

    :raises MessageUnknown: for a message that no app declares; :raises ValuesMismatch: for values that do not fill its blanks.
    """
    template = declared(message)
    packed = checked(message, template, values)
    if not Resident.objects.filter(pk=to, closed_at=None).exists():
        return
    identifier = new_id(act.at)
    with access(purpose="accounts.write_message", actor=SYSTEM_ACTOR, subject=to, classes=["messages"]) as opened:
        row = (
            identifier, to, message, opened.seal(packed, VALUES_PLACE), template.category, template.priority,
            occasion(message, dedupe), act.at,
        )  # fmt: skip
        is_new = _has_inserted(row)
    act.audit(subject=to, what={"message": message, "is_new": is_new})
    if is_new:
        Dispatch.objects.create(message_id=identifier, resident_id=to, priority=template.priority, at=act.at)
        act.after_commit(partial(message_added, identifier, [to]))


def declared(message: str) -> Message:
    """Return the template; :raises MessageUnknown: where no app declares it."""
    template = contributions.messages().get(message)
    if template is None:
        raise MessageUnknown(message)
    return template


def checked(message: str, template: Message, values: Mapping[str, Value]) -> str:
    """Return the values packed; :raises ValuesMismatch: where they are not those of the template's blanks."""
    with translation.override(None):
        wanted = blanks(str(template.title), str(template.body), template.link)
    if wanted != values.keys():
        raise ValuesMismatch(f"{message} has blanks for {sorted(wanted)}, not {sorted(values)}")
    return pack(values)


def occasion(message: str, dedupe: str) -> bytes:
    """Return what makes a message one occasion's; a hash, for a unique column tells that a value exists."""
    return hashlib.sha256(f"{message}\0{dedupe}".encode()).digest()


def _has_inserted(row: tuple[UUID | str | bytes | datetime, ...]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)
        return cursor.fetchone() is not None
