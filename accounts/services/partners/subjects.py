"""One person is another number to each partner; only an officer with a reason turns a number back into a person."""

import hashlib
import hmac
from uuid import UUID

import msgspec
from django.db import connection

from accounts.models import Connection, PairwiseSecret
from kernel import keys
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case

PLACE = "accounts.pairwise_secret"
UNMASK = "accounts.unmask"


class Unmasked(msgspec.Struct, frozen=True):
    """Whose number it was."""

    resident_id: UUID


def pairwise_subject(organisation_id: UUID, resident_id: UUID) -> str:
    """Return the number by which this organisation knows this person, and nobody else does (OpenID Connect Core, 8.1).

    HMAC-SHA256 under a secret of the city's own: two partners who compare notes find nothing in common, and a copy of the database
    without the master key links nobody.
    """
    digest = hmac.new(
        _secret(), b"machi subject\0" + organisation_id.bytes + resident_id.bytes, hashlib.sha256
    ).digest()
    return keys.base64url(digest)


@use_case("accounts.unmask_subject")
def unmask_subject(act: Act, *, organisation_id: UUID, subject: str, why: str) -> Unmasked:
    """Return whom a partner knows by this number. This function will leave an audit row about that person, with the reason.

    :raises NotAllowed: without the right; :raises NotFound: for a number of nobody who ever was connected there.
    """
    if not act.principal.may(UNMASK):
        raise NotAllowed
    ever = Connection.objects.filter(partner__organisation_id=organisation_id).values_list("resident_id", flat=True)
    for resident_id in ever.order_by("resident_id").distinct().iterator():
        if hmac.compare_digest(pairwise_subject(organisation_id, resident_id).encode(), subject.encode()):
            act.audit(subject=resident_id, what={"organisation": str(organisation_id)}, why=why)
            return Unmasked(resident_id)
    raise NotFound


_known: dict[str, bytes] = {}


def _secret() -> bytes:
    """Return the city's secret, made when first needed; of two processes, the one that wrote first decides."""
    database = str(connection.settings_dict["NAME"])
    if database in _known:
        return _known[database]
    row = PairwiseSecret.objects.filter(pk=1).first()
    if row is None:
        version, sealed = keys.seal_for_city(keys.new_key(), PLACE)
        PairwiseSecret.objects.bulk_create([PairwiseSecret(version=version, sealed=sealed)], ignore_conflicts=True)
        row = PairwiseSecret.objects.get(pk=1)
    secret = keys.unseal_for_city(row.version, bytes(row.sealed), PLACE)
    if not connection.in_atomic_block:  # one made in a transaction that rolls back has never been
        _known[database] = secret
    return secret
