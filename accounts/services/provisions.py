"""The record of provision to third parties that the law wants kept for three years (個人情報保護法29条, 規則20条1項2号).

Fact of consent, recipient, principal and items: the principal by the key under which the city keeps them, which the law's
guidelines take as enough. It is drawn from the access log, where each reading by a grant stands, and from the grants themselves.
"""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from accounts.errors import PeriodTooLong
from accounts.models import Grant, Organisation
from accounts.selectors.agreements import class_views
from kernel.access import Provision, provisions
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case

MOST_DAYS = 366


class Provided(msgspec.Struct, frozen=True):
    """One provision: when, whose data by key, which items in words, for what, and the consents that allowed it."""

    at: datetime
    subject: UUID
    items: list[str]
    purpose: str
    consents: list[UUID]
    consented_at: list[datetime]


class ProvisionRecord(msgspec.Struct, frozen=True):
    """What one recipient was given in a period."""

    recipient_id: UUID
    recipient: str
    rows: list[Provided]


@use_case("accounts.draw_provision_record")
def draw_provision_record(
    act: Act, *, recipient_id: UUID, since: datetime, until: datetime, why: str
) -> ProvisionRecord:
    """Return what a recipient was given with people's consent, from ``since`` until before ``until``; that it was drawn is audited.

    :raises NotAllowed: without the right; :raises NotFound: for an unknown recipient; :raises PeriodTooLong: for more than a year
    at once, or a period that ends before it begins.
    """
    if not act.principal.may("accounts.provision_record"):
        raise NotAllowed
    if not timedelta(0) < until - since <= timedelta(days=MOST_DAYS):
        raise PeriodTooLong(most_days=MOST_DAYS)
    recipient = Organisation.objects.filter(pk=recipient_id).first()
    if recipient is None:
        raise NotFound
    read = list(provisions(since=since, until=until, recipient=recipient_id))
    given = _given_at({grant for each in read for grant in each.grants})
    act.audit(
        what={
            "recipient": str(recipient_id),
            "since": since.isoformat(),
            "until": until.isoformat(),
            "rows": len(read),
        },
        why=why,
    )
    return ProvisionRecord(recipient_id, recipient.name, [_provided(each, given) for each in read])


def _given_at(grants: set[UUID]) -> dict[UUID, datetime]:
    return dict(Grant.objects.filter(pk__in=grants).values_list("id", "given_at"))


def _provided(read: Provision, given: dict[UUID, datetime]) -> Provided:
    return Provided(
        at=read.recorded_at,
        subject=read.subject,
        items=[each.words for each in class_views(read.classes)],
        purpose=read.purpose,
        consents=read.grants,
        consented_at=[given[grant] for grant in read.grants if grant in given],
    )
