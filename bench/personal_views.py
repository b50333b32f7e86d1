"""The two addresses of ``access.http.ratio``: one writes an audit row, the other reads a person's own name in an access."""

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import NAME_PLACE, Profile
from kernel.access import access
from kernel.use_case import Act, use_case
from kernel.web import SignedIn, act_of, principal_of


@use_case("bench.note")
def note(act: Act) -> None:
    """Write one audit row and nothing else."""
    act.audit(what={"noted": 1})


class WriteAudit(APIView):
    """The yardstick: a use case that does nothing but stand in the audit log."""

    permission_classes = [SignedIn]  # noqa: RUF012 - DRF's own form

    def get(self, request: Request) -> HttpResponse:
        """Write the row, answer 200."""
        note(act_of(request))
        return HttpResponse(b"{}", content_type="application/json")


class ReadName(APIView):
    """What is measured: one personal row read, and logged, in an access of its own."""

    permission_classes = [SignedIn]  # noqa: RUF012 - DRF's own form

    def get(self, request: Request) -> HttpResponse:
        """Read and unseal the name; its length is the answer."""
        me = principal_of(request).actor
        with access(purpose="accounts.my_profile", actor=me, subject=me, classes=["profile"]) as opened:
            name = opened.unseal(bytes(Profile.objects.get(pk=me).display_name), NAME_PLACE)
        return HttpResponse(b'{"length": %d}' % len(name), content_type="application/json")
