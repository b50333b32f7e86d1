"""Giving a phone its credential for a night without a database."""

from datetime import datetime
from uuid import UUID

import msgspec
from django.conf import settings

from accounts.errors import DeviceProofRefused
from accounts.models import NightCredential
from accounts.selectors.night import LIVES, SCOPES, TYPE, NightClaims, NightRefused, read_proof
from kernel import signing
from kernel.ids import new_id
from kernel.use_case import Act, use_case

MOST_PHONES = 10


class IssuedCredential(msgspec.Struct, frozen=True):
    """A credential, as the phone keeps it, and until when it is good."""

    credential: str
    expires_at: datetime


def audience() -> str:
    """Return the address for which a phone proves that it has its key."""
    return f"{settings.PUBLIC_URL}/api/v1/accounts/device_credential"


@use_case("accounts.issue_night_credential", status=201)
def issue_night_credential(act: Act, *, proof: str, session: str) -> IssuedCredential:
    """Sign a credential for the phone whose key signed ``proof``, good for seven days and as long as its sign-in lives.

    A phone that asks again keeps its pseudonym; of more than ten phones the longest unheard of loses its own.

    :raises DeviceProofRefused: where the proof is not the phone's own, of this moment and for this address.
    """
    try:
        key = read_proof(proof, audience=audience(), at=act.at)
    except NightRefused:
        raise DeviceProofRefused from None
    me, thumbprint, expires_at = act.principal.actor, key.thumbprint, (act.at + LIVES).replace(microsecond=0)
    given = {"session": session, "issued_at": act.at, "expires_at": expires_at}
    row, _made = NightCredential.objects.update_or_create(
        resident_id=me, thumbprint=thumbprint, defaults=given, create_defaults=given | {"id": new_id(act.at)}
    )
    _forget_longest_unheard(me)
    act.audit(what={"credential_id": str(row.pk)})
    iat, exp = int(act.at.timestamp()), int(expires_at.timestamp())
    claims = NightClaims(sub=row.pk, jkt=thumbprint, scope=" ".join(SCOPES), iat=iat, exp=exp)
    return IssuedCredential(signing.sign("device", msgspec.json.encode(claims), typ=TYPE), expires_at)


def _forget_longest_unheard(resident_id: UUID) -> None:
    mine = NightCredential.objects.filter(resident_id=resident_id)
    kept = mine.order_by("-issued_at", "-id")[:MOST_PHONES]
    mine.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
