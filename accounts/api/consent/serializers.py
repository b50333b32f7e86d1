"""Bodies and answers of consent."""

from typing import Annotated
from uuid import UUID

import msgspec

from accounts.selectors.agreements import AgreementView
from accounts.selectors.consents import Asked, Consent, ReceiptView, Stops
from accounts.services.consents import Given, Withdrawn
from accounts.services.glass import Broken
from kernel.problems import FieldFault, _
from kernel.web.pagination import InvalidQuery

ClassName = Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
Classes = Annotated[list[ClassName], msgspec.Meta(min_length=1, max_length=32)]


class GiveConsent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A yes to the words of one version, for these classes."""

    revision_id: UUID
    classes: Classes


class WithdrawConsent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which classes the yes is taken back for; all where they are left out."""

    classes: Classes | None = None


class BreakGlass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose data, of which classes, for how long, and why."""

    subject_id: UUID
    classes: Classes
    minutes: int
    reason: Annotated[str, msgspec.Meta(max_length=1000)]


class AskedAnew(msgspec.Struct, frozen=True):
    """Agreements that ask for more since one said yes."""

    agreements: list[AgreementView]


def agreement_in(asked: str | None) -> UUID | None:
    """Read which agreement a list is asked of; :raises InvalidQuery: for what is no id."""
    try:
        return None if asked is None else UUID(asked)
    except ValueError:
        fault = FieldFault(field="agreement", code="invalid", message=str(_("形式が正しくありません。")))
        raise InvalidQuery(errors=[fault]) from None


__all__ = [
    "AgreementView",
    "Asked",
    "AskedAnew",
    "BreakGlass",
    "Broken",
    "Consent",
    "GiveConsent",
    "Given",
    "ReceiptView",
    "Stops",
    "WithdrawConsent",
    "Withdrawn",
    "agreement_in",
]
