"""The door at which a phone gets its credential."""

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.authentication import session_of
from accounts.api.night.serializers import CredentialWish
from accounts.selectors.sign_ins import session_named
from accounts.services.night import IssuedCredential, issue_night_credential
from kernel.web import SignedIn, act_of, describe, read, reply


class DeviceCredentialView(APIView):
    """My phone's credential."""

    permission_classes = (SignedIn,)

    @describe(
        "A signed credential for this phone, for a night without a database",
        body=CredentialWish, answers=IssuedCredential, status=201,
    )  # fmt: skip
    def post(self, request: Request) -> HttpResponse:
        """Give it."""
        proof, session = read(request, CredentialWish).proof, session_named(session_of(request).session_key or "")
        return reply(issue_night_credential.answer(act_of(request), proof=proof, session=session))
