"""Public randomness that nobody knows before its time: drand by HTTP, or, where a city has no network, a number the city signs.

What is read is verified before it is used, whoever delivered it. drand's quicknet is a threshold signature (BLS12-381, signature in
G1, RFC 9380) by more than twenty organisations, a round every three seconds; its randomness is the SHA-256 of the signature.
"""

import hashlib
import json
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import drand_verify
import msgspec
from django.conf import settings

from kernel import signing
from kernel.draw.errors import BeaconSilent, BeaconUntrue

QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
QUICKNET_KEY = (
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
    "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
GENESIS = datetime.fromtimestamp(1_692_803_367, UTC)
PERIOD_S = 3
ANSWERS_WITHIN_S = 10
MOST_BYTES = 4096
CITY_TYP = "machi-draw+jwt"


class Beat(msgspec.Struct, frozen=True):
    """One round as it was published: its randomness, and the signature that proves it."""

    round: int
    randomness: str
    proof: str


class Beacon(Protocol):
    """A source that publishes a random number at each round's time, and never before."""

    kind: str

    def facts(self) -> dict[str, Any]:
        """Return what an outsider needs to check a round."""
        ...

    def round_at(self, instant: datetime) -> int:
        """Return the first round published at this instant or after it."""
        ...

    def time_of(self, number: int) -> datetime:
        """Return when a round is published."""
        ...

    def read(self, number: int) -> Beat:
        """Fetch a round, outside any transaction; :raises BeaconSilent: where the source does not answer."""
        ...

    def verified(self, beat: Beat) -> bytes:
        """Return the randomness of a round whose signature fits; :raises BeaconUntrue: for any other."""
        ...


class _Rounds:
    """Rounds at a fixed period, the first at the genesis."""

    genesis, period_s = GENESIS, PERIOD_S

    def round_at(self, instant: datetime) -> int:
        """Return the first round published at this instant or after it."""
        late = instant - self.genesis
        return max(1, -(-late // timedelta(seconds=self.period_s)) + 1)

    def time_of(self, number: int) -> datetime:
        """Return when a round is published."""
        return self.genesis + timedelta(seconds=self.period_s * (number - 1))


class Drand(_Rounds):
    """The League of Entropy's quicknet, over HTTP."""

    kind = "drand"

    def __init__(self, url: str) -> None:
        """Name the API to ask; any relay will do, for nobody can forge a round."""
        self.url = url.rstrip("/")

    def facts(self) -> dict[str, Any]:
        """Return chain, key, period and genesis."""
        return {
            "kind": self.kind,
            "chain": QUICKNET,
            "public_key": QUICKNET_KEY,
            "period_s": PERIOD_S,
            "genesis": GENESIS.isoformat(),
        }

    def read(self, number: int) -> Beat:
        """Fetch a round."""
        address = f"{self.url}/{QUICKNET}/public/{number}"
        try:
            with urllib.request.urlopen(address, timeout=ANSWERS_WITHIN_S) as answer:  # noqa: S310 - the address is a setting
                said = json.loads(answer.read(MOST_BYTES))
            return Beat(int(said["round"]), str(said["randomness"]), str(said["signature"]))
        except (urllib.error.URLError, OSError, ValueError, KeyError, TypeError):
            raise BeaconSilent from None

    def verified(self, beat: Beat) -> bytes:
        """Check the threshold signature; its hash is the randomness."""
        try:
            randomness = drand_verify.verify_quicknet(beat.round, beat.proof)
        except ValueError:
            raise BeaconUntrue from None
        if randomness != beat.randomness:
            raise BeaconUntrue
        return bytes.fromhex(randomness)


class CityBeacon(_Rounds):
    """The honest twin where there is no network: a round is what the city signs for it (Ed25519, the same each time).

    It says plainly what it is: the city alone could reckon a round before its time, so whoever checks must trust the city. A draw
    for which nobody need be trusted takes drand or three parties.
    """

    kind = "city"

    def facts(self) -> dict[str, Any]:
        """Say what this is."""
        return {
            "kind": self.kind,
            "public_keys": "/.well-known/machi/log/keys",
            "period_s": PERIOD_S,
            "genesis": GENESIS.isoformat(),
            "trust": "The city signs this number itself and could have known it before.",
        }

    def read(self, number: int) -> Beat:
        """Sign the round's number; the randomness is the signature's hash."""
        proof = signing.sign("draw", self._payload(number), typ=CITY_TYP)
        return Beat(number, hashlib.sha256(proof.encode()).hexdigest(), proof)

    def verified(self, beat: Beat) -> bytes:
        """Check that the city signed this round."""
        try:
            signed = signing.verify("draw", beat.proof, typ=CITY_TYP)
        except signing.SignatureInvalid:
            raise BeaconUntrue from None
        randomness = hashlib.sha256(beat.proof.encode()).digest()
        if signed != self._payload(beat.round) or randomness.hex() != beat.randomness:
            raise BeaconUntrue
        return randomness

    def _payload(self, number: int) -> bytes:
        return f"machi.draw.round/{number}".encode()


def beacon_of(kind: str) -> Beacon:
    """Return the beacon that a draw named."""
    return Drand(settings.DRAND_URL) if kind == Drand.kind else CityBeacon()


def usual_source() -> str:
    """Return what new draws take: drand where the city has an address to ask, else the city's own signature."""
    return Drand.kind if settings.DRAND_URL else CityBeacon.kind
