"""Credentials of phones for a night without a database: read without one, and matched to their people once it is back.

A phone makes a key pair that never leaves it. By day the city signs a credential (:mod:`accounts.services.night`) that names the
key's thumbprint, two scopes and seven days. By night the phone signs each message with its key and lays the credential beside it;
:func:`read_night_message` checks both with the city's public keys alone. When the journal is replayed, :func:`carrier_of` says
whose it was, or that it is good no more. Form: JWS (RFC 7515), proof of possession by thumbprint (RFC 7638, 7800).
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
import msgspec
from allauth.usersessions.models import UserSession
from jwt.exceptions import PyJWTError

from accounts.models import NightCredential
from accounts.models.third_parties import RowKey
from kernel import keys, signing

TYPE, MESSAGE_TYPE, PROOF_TYPE = "machi-night+jwt", "machi-night-message+jws", "machi-device-proof+jwt"
SCOPES = ("safety.report", "shelter.check_in")
LIVES = timedelta(days=7)
SKEW = timedelta(minutes=5)  # a phone's clock beside ours


class NightRefused(Exception):
    """The credential or the message is not good: forged, changed, too old, of another phone, or for something else."""


class DeviceKey(msgspec.Struct, frozen=True):
    """The public half of a phone's key (P-256), as WebCrypto exports it."""

    kty: str
    crv: str
    x: str
    y: str

    @property
    def thumbprint(self) -> str:
        """Its name (RFC 7638)."""
        return keys.base64url(hashlib.sha256(msgspec.json.encode(self, order="sorted")).digest())


class NightClaims(msgspec.Struct, frozen=True):
    """What a credential says: ``sub`` is a pseudonym, ``jkt`` the thumbprint of the phone's key."""

    sub: UUID
    jkt: str
    scope: str
    iat: int
    exp: int


class NightMessage(msgspec.Struct, frozen=True):
    """What a phone said at night: by whose credential, and the body, still to be read by who understands it."""

    claims: NightClaims
    body: bytes


def read_night_message(
    message: str, *, scope: str, public_keys: Sequence[Mapping[str, Any]], at: datetime
) -> NightMessage:
    """Read a message that a phone signed. This function will ask no database: ``public_keys`` are the city's (:func:`city_keys`).

    :raises NightRefused: for anything that is not the whole and unchanged message of a phone with a live credential for ``scope``.
    """
    header = _header(message, MESSAGE_TYPE)
    claims = read_credential(str(header.get("credential", "")), public_keys=public_keys, at=at)
    if scope not in claims.scope.split():
        raise NightRefused
    return NightMessage(claims, _signed_by_phone(message, header, claims.jkt))


def read_credential(credential: str, *, public_keys: Sequence[Mapping[str, Any]], at: datetime) -> NightClaims:
    """Read a credential; pure as well. :raises NightRefused: for one that is forged, for something else, or not good at ``at``."""
    header = _header(credential, TYPE)
    key = next((each for each in public_keys if each.get("kid") == header.get("kid")), None)
    if key is None:
        raise NightRefused
    try:
        payload = jwt.api_jws.decode(credential, jwt.PyJWK(dict(key)).key, algorithms=["EdDSA"])
        claims = msgspec.json.decode(payload, type=NightClaims)
    except (PyJWTError, msgspec.MsgspecError):
        raise NightRefused from None
    if not claims.iat - SKEW.total_seconds() <= at.timestamp() < claims.exp:
        raise NightRefused
    return claims


def read_proof(proof: str, *, audience: str, at: datetime) -> DeviceKey:
    """Return the key of the phone that signed ``proof`` a moment ago, for this address. :raises NightRefused: for anything else."""
    header = _header(proof, PROOF_TYPE)
    key = _device_key(header)
    try:
        said = msgspec.json.decode(_signed_by_phone(proof, header, key.thumbprint), type=dict[str, Any])
        shown_at = datetime.fromtimestamp(said["iat"], UTC)
    except (msgspec.MsgspecError, LookupError, TypeError, ValueError, OverflowError, OSError):
        raise NightRefused from None
    if said.get("aud") != audience or abs(at - shown_at) > SKEW:
        raise NightRefused
    return key


def carrier_of(claims: NightClaims) -> UUID | None:
    """Return whose credential it is; None where it is good no more: renewed since by another key, signed out, or account closed."""
    row = NightCredential.objects.filter(pk=claims.sub, thumbprint=claims.jkt, resident__closed_at=None).first()
    if row is None or not UserSession.objects.filter(session_key=RowKey(row.session)).exists():
        return None
    return row.resident_id


def city_keys() -> list[dict[str, Any]]:
    """Return the public keys that check credentials, to be kept where no database is needed to read them."""
    return signing.public_keys("device")["keys"]


def _header(token: str, kind: str) -> dict[str, Any]:
    try:
        header: dict[str, Any] = jwt.get_unverified_header(token)
    except PyJWTError:
        raise NightRefused from None
    if header.get("typ") != kind:
        raise NightRefused
    return header


def _device_key(header: Mapping[str, Any]) -> DeviceKey:
    try:
        key = msgspec.convert(header.get("jwk"), DeviceKey)
    except msgspec.ValidationError:
        raise NightRefused from None
    if (key.kty, key.crv) != ("EC", "P-256"):
        raise NightRefused
    return key


def _signed_by_phone(token: str, header: Mapping[str, Any], thumbprint: str) -> bytes:
    key = _device_key(header)
    if key.thumbprint != thumbprint:
        raise NightRefused
    try:
        body: bytes = jwt.api_jws.decode(token, jwt.PyJWK(msgspec.to_builtins(key), "ES256").key, algorithms=["ES256"])
    except PyJWTError:
        raise NightRefused from None
    return body


def share_a_phone(one: UUID, other: UUID) -> bool:
    """Tell whether two residents have been signed in on the same phone, as far as phones of theirs are known by a key."""
    theirs = NightCredential.objects.filter(resident_id=other).values("thumbprint")
    return NightCredential.objects.filter(resident_id=one, thumbprint__in=theirs).exists()
