"""What the city signs with its own name: heads of logs, receipts, device credentials, tokens for partners.

Each purpose has a key of its own, so that a signature made for one thing is worth nothing for another. Keys are made when first
needed and turned over by :func:`rotate`; an old key still checks what it signed. Signatures are JWS (RFC 7515), compact.
"""

import hashlib
import time
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import jwt
import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from django.db import connection
from django.db.models import Q
from jwt.algorithms import get_default_algorithms
from jwt.exceptions import PyJWTError

from kernel import clock, keys
from kernel.models import SigningKey

PrivateKey = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

ALGORITHMS = {
    "log": "EdDSA",  # heads of the access log
    "consent": "EdDSA",  # receipts of consent
    "draw": "EdDSA",  # what is fixed before a draw; the city's own random numbers
    "device": "EdDSA",  # credentials of phones for a night without a database
    "openid": "RS256",  # tokens for partner services
    "card": "ES256",  # the city as relying party of the My Number card's sign-in
    "push": "ES256",  # VAPID
}
SEEN_S = 30.0  # the most that a process goes on signing with a key that another has retired
RSA_BITS = 3072


class SignatureInvalid(Exception):
    """Nobody here signed this, or not for this purpose, or it was changed since."""


class CityKey(NamedTuple):
    """A key in use: its name, its algorithm, its private half."""

    kid: str
    algorithm: str
    private: PrivateKey


def sign(purpose: str, payload: bytes, *, typ: str = "JWT") -> str:
    """Return the compact JWS over ``payload`` by the purpose's key in use; the first key is made where there is none."""
    key = key_in_use(purpose)
    return jwt.api_jws.encode(payload, key.private, key.algorithm, headers={"kid": key.kid, "typ": typ})


def verify(purpose: str, token: str, *, typ: str = "JWT", among: list[dict[str, Any]] | None = None) -> bytes:
    """Return the payload of what :func:`sign` made for this purpose and kind; :raises SignatureInvalid: for anything else.

    ``among``: the public keys that count, where not all of the purpose's do or many signatures are checked.
    """
    known = public_keys(purpose)["keys"] if among is None else among
    try:
        header = jwt.get_unverified_header(token)
        public = {each["kid"]: each for each in known}.get(header.get("kid", ""))
        if public is None or header.get("typ") != typ:
            raise SignatureInvalid
        payload: bytes = jwt.api_jws.decode(token, jwt.PyJWK(public).key, algorithms=[ALGORITHMS[purpose]])
    except PyJWTError:
        raise SignatureInvalid from None
    return payload


def key_in_use(purpose: str) -> CityKey:
    """Return the key that signs for a purpose now, for libraries that sign by themselves."""
    algorithm = ALGORITHMS[purpose]
    found = _known.get((_database(), purpose))
    if found is not None and time.monotonic() - found[1] < SEEN_S:
        return found[0]
    row = SigningKey.objects.filter(purpose=purpose, retired_at=None).first() or _make(purpose, algorithm)
    key = CityKey(row.kid, row.algorithm, _unsealed(row.kid, row.version, bytes(row.sealed_private)))
    if not connection.in_atomic_block:  # a key made in a transaction that rolls back has never been
        _known[_database(), purpose] = key, time.monotonic()
    return key


def public_keys(*purposes: str, retired_since: datetime | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return the JWK Set of these purposes, newest first, retired keys included: what they signed stays good.

    ``retired_since`` leaves out keys retired before that instant: nothing of theirs lives any more.
    """
    for purpose in purposes:
        key_in_use(purpose)
    rows = SigningKey.objects.filter(purpose__in=purposes).order_by("-created_at", "kid")
    if retired_since is not None:
        rows = rows.filter(Q(retired_at=None) | Q(retired_at__gte=retired_since))
    return {"keys": [row.public_jwk for row in rows]}


def made_here(purpose: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the purpose's public keys whose private halves this city has, and the names of those that somebody planted.

    Who can write the table can put a public key there, but not seal a private half by the master key, which is kept outside it.
    """
    genuine, planted = [], []
    for row in SigningKey.objects.filter(purpose=purpose).order_by("-created_at", "kid"):
        try:
            private = _unsealed(row.kid, row.version, bytes(row.sealed_private))
            public = get_default_algorithms()[row.algorithm].to_jwk(private.public_key(), as_dict=True)
        except (keys.SealBroken, ValueError):
            public = {}
        is_ours = bool(public) and _thumbprint(public) == row.kid == _thumbprint(row.public_jwk)
        genuine += [row.public_jwk] * is_ours
        planted += [row.kid] * (not is_ours)
    return genuine, planted


def rotate(purpose: str) -> str:
    """Retire the purpose's key and make a new one, whose name is returned; other processes follow within :data:`SEEN_S`."""
    SigningKey.objects.filter(purpose=purpose, retired_at=None).update(retired_at=clock.now())
    _known.clear()
    return _make(purpose, ALGORITHMS[purpose]).kid


_known: dict[tuple[str, str], tuple[CityKey, float]] = {}


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _make(purpose: str, algorithm: str) -> SigningKey:
    """Make a key, or take the one that another process made first."""
    private: PrivateKey
    if algorithm == "EdDSA":
        private = ed25519.Ed25519PrivateKey.generate()
    elif algorithm == "ES256":
        private = ec.generate_private_key(ec.SECP256R1())
    else:
        private = rsa.generate_private_key(65537, RSA_BITS)
    public = get_default_algorithms()[algorithm].to_jwk(private.public_key(), as_dict=True)
    kid = _thumbprint(public)
    der = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    version, sealed = keys.seal_for_city(der, f"kernel.signing_key.{kid}")
    row = SigningKey(
        kid=kid,
        purpose=purpose,
        algorithm=algorithm,
        public_jwk=public | {"kid": kid, "alg": algorithm, "use": "sig"},
        version=version,
        sealed_private=sealed,
        created_at=clock.now(),
    )
    SigningKey.objects.bulk_create([row], ignore_conflicts=True)
    return SigningKey.objects.get(purpose=purpose, retired_at=None)


def _thumbprint(public: dict[str, Any]) -> str:
    """Return the JWK thumbprint (RFC 7638)."""
    members = {name: public[name] for name in ("crv", "e", "kty", "n", "x", "y") if name in public}
    return keys.base64url(hashlib.sha256(msgspec.json.encode(members, order="sorted")).digest())


@lru_cache(maxsize=16)
def _unsealed(kid: str, version: int, sealed: bytes) -> PrivateKey:
    der = keys.unseal_for_city(version, sealed, f"kernel.signing_key.{kid}")
    return serialization.load_der_private_key(der, password=None)  # type: ignore[return-value]
