"""A person's consents as the person takes them home: readable, with the signed receipts and the very words they are about."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import msgspec

from accounts.engine.archive import json_of
from accounts.models import Grant
from accounts.selectors.consents import Consent, consent_view
from kernel.contributions import ExportPart
from kernel.problems import _


class ConsentRecord(msgspec.Struct, frozen=True):
    """One consent, and in which files its receipt and its words are."""

    consent: Consent
    receipt: str
    words: str


def consent_parts(me: UUID, *, at: datetime) -> Iterator[ExportPart]:
    """Return a list to read, a receipt (JWS) for each consent, and each version's words, whose SHA-256 is their file's name."""
    rows = Grant.objects.filter(subject_id=me).select_related("revision", "recipient", "agreement")
    grants = list(rows.order_by("given_at", "id"))
    records = [ConsentRecord(consent_view(each, at=at), _receipt(each), _words(each)) for each in grants]
    yield ExportPart("accounts/consents.json", json_of(records), _("同意"))
    for grant, record in zip(grants, records, strict=True):
        title = _("同意の受領証：%(title)s（%(data)s）")
        said = {"title": record.consent.title, "data": record.consent.data_class.words}
        yield ExportPart(_receipt(grant), grant.receipt.encode(), title % said)
    documents = {_words(each): (each.revision.document, record) for each, record in zip(grants, records, strict=True)}
    for path, (document, record) in documents.items():
        yield ExportPart(path, document.encode(), _("同意した文面：%(title)s") % {"title": record.consent.title})


def _receipt(grant: Grant) -> str:
    return f"accounts/consents/{grant.pk}.jws"


def _words(grant: Grant) -> str:
    return f"accounts/consents/{bytes(grant.revision.digest).hex()}.json"
