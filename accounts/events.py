"""What the accounts floor leaves in the outbox: bare keys, never names. Documented in ``docs/events.md``."""

from uuid import UUID

from kernel.use_case import Event


class ConsentGiven(Event, frozen=True, kw_only=True):
    """A person said yes, or who decides for them did."""

    name = "accounts.consent.given.v1"
    subject_id: UUID
    agreement_id: UUID
    grants: list[UUID]


class ConsentWithdrawn(Event, frozen=True, kw_only=True):
    """A yes was taken back; what was made from the data and is not delivered yet must not be."""

    name = "accounts.consent.withdrawn.v1"
    subject_id: UUID
    grant_id: UUID
    agreement_id: UUID
    recipient_id: UUID
    data_class: str


class MandateEnded(Event, frozen=True, kw_only=True):
    """A delegate's right ended: taken back, given up, run out, or because the child came of age."""

    name = "accounts.mandate.ended.v1"
    mandate_id: UUID
    subject_id: UUID
    delegate_id: UUID
    because: str


class ResidentClosed(Event, frozen=True, kw_only=True):
    """An account was closed: key and sign-ins are gone; the apps let go of what they keep."""

    name = "accounts.resident.closed.v1"
    resident_id: UUID


class ResidentsMerged(Event, frozen=True, kw_only=True):
    """Two IDs became one: ``merged_id`` is closed and stands for ``survivor_id``."""

    name = "accounts.residents.merged.v1"
    survivor_id: UUID
    merged_id: UUID
