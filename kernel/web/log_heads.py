"""What the city publishes of its logs, so that anybody can hold it to its word: signed heads, proofs of growth, keys."""

from datetime import date, datetime

import msgspec
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import signing
from kernel.log import growth, heads
from kernel.models import TreeHead
from kernel.problems import FieldFault, NotFound, _
from kernel.web.doors import struct
from kernel.web.pagination import InvalidQuery, Page, number_of, page_of
from kernel.web.permissions import Open
from kernel.web.schema import describe

PUBLIC_KEYS = ("log", "consent", "device", "draw")


class SignedHead(msgspec.Struct, frozen=True):
    """A head as the city signed it: ``jws`` carries the other members; ``day`` stands on the day's own head."""

    log: str
    size: int
    root: str
    at: datetime
    day: date | None
    jws: str


class Consistency(msgspec.Struct, frozen=True):
    """That the tree of ``second`` leaves begins with that of ``first`` (RFC 6962, 2.1.2); hashes in hexadecimal signs."""

    log: str
    first: int
    second: int
    first_root: str
    second_root: str
    path: list[str]


class PublicKey(msgspec.Struct, frozen=True):
    """A public key (RFC 8037)."""

    kid: str
    kty: str
    crv: str
    x: str
    alg: str
    use: str


class PublicKeys(msgspec.Struct, frozen=True):
    """A JWK Set (RFC 7517), newest first; retired keys stay, for what they signed."""

    keys: list[PublicKey]


class _Public(APIView):
    permission_classes = (Open,)
    authentication_classes = ()


class HeadsView(_Public):
    """Every head there is."""

    @describe("Signed heads of the log of who read what", answers=Page[SignedHead], query=("log", "cursor", "limit"))
    def get(self, request: Request) -> HttpResponse:
        """List them, newest first."""
        return struct(page_of(heads.signed_heads(_log(request)), request, shape=_signed))


class HeadView(_Public):
    """One day's head."""

    @describe("The signed head of a day", answers=SignedHead, query=("log",))
    def get(self, request: Request, day: str) -> HttpResponse:
        """Show it; :raises NotFound: for a day without one."""
        try:
            found = heads.head_of_day(_log(request), date.fromisoformat(day))
        except ValueError:
            raise NotFound from None
        if found is None:
            raise NotFound
        return struct(_signed(found))


class ConsistencyView(_Public):
    """How two sizes hang together."""

    @describe("Proof that the log only grew", answers=Consistency, query=("first", "second", "log"))
    def get(self, request: Request) -> HttpResponse:
        """Prove it; :raises InvalidQuery: for sizes that the tree does not have."""
        log, first, second = _log(request), number_of(request, "first"), number_of(request, "second")
        if not first <= second <= growth.size(log):
            raise InvalidQuery(errors=[_fault("second")])
        proof = growth.consistency(log, first, second)
        roots = growth.root(log, first).hex(), proof.root.hex()
        return struct(Consistency(log, first, second, *roots, [each.hex() for each in proof.path]))


class KeysView(_Public):
    """The keys by which the city's signatures are checked."""

    @describe("Public keys of logs, receipts, device credentials and draws", answers=PublicKeys)
    def get(self, request: Request) -> HttpResponse:
        """Show them."""
        return struct(signing.public_keys(*PUBLIC_KEYS))


def _log(request: Request) -> str:
    log = request.query_params.get("log", growth.WITH_TREE[0])
    if log not in growth.WITH_TREE:
        raise InvalidQuery(errors=[_fault("log")])
    return log


def _fault(name: str) -> FieldFault:
    return FieldFault(field=name, code="out_of_range", message=str(_("この値は使えません。")))


def _signed(row: TreeHead) -> SignedHead:
    return SignedHead(row.log, row.size, row.root, row.at, row.day, row.jws)
