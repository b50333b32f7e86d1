"""Who looked at my data, and the proof for each entry."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.selectors.accesses import WHO, SeenAccess, access_accesses_for, access_place_for
from kernel import clock
from kernel.access import record
from kernel.problems import FieldFault, _
from kernel.web import Page, SignedIn, describe, number_of, page_from, principal_of, struct
from kernel.web.pagination import InvalidQuery

OTHERS, OWN = "others", "accounts"


class AccessesView(APIView):
    """The readings of my data, and of whom I have to protect."""

    permission_classes = (SignedIn,)
    delegates = OWN

    @describe("Who looked at my data", answers=Page[SeenAccess], query=("by", "cursor", "limit"))
    def get(self, request: Request) -> HttpResponse:
        """List them, newest first."""
        reading = partial(access_accesses_for, _whose(request), by=_kind(request), actor=principal_of(request).actor)
        return struct(page_from(reading, request, position=lambda seen: (seen.at, seen.id)))


class ProofView(APIView):
    """The proof that one reading stands in the log as it was written."""

    permission_classes = (SignedIn,)
    delegates = OWN

    @describe("Proof of a reading, to be checked by the phone itself", answers=record.Proof, query=("since",))
    def get(self, request: Request, access_id: UUID) -> HttpResponse:
        """Prove it, from the head of ``since`` leaves on, which the phone remembers (0: none)."""
        since = number_of(request, "since", otherwise=0)
        place = access_place_for(_whose(request), access_id, actor=principal_of(request).actor)
        return struct(record.prove(place, since=since, at=clock.now()))


def _whose(request: Request) -> UUID:
    """Return whose log is asked for: of whom one acts for, or one's own."""
    principal = principal_of(request)
    return principal.subject or principal.actor


def _kind(request: Request) -> str | None:
    """Return whose readings are asked for; :raises InvalidQuery: for a kind that there is not."""
    kind = request.query_params.get("by")
    if kind is not None and kind not in (*WHO, OTHERS):
        raise InvalidQuery(errors=[FieldFault(field="by", code="invalid", message=str(_("この値は使えません。")))])
    return kind
