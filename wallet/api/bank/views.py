"""Topping up by bank transfer: where to, and the digits before one's name."""

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel.web import SignedIn, act_of, describe, principal_of, reply, struct
from wallet import services
from wallet.engine.bank_results import BankTransferWay
from wallet.selectors.bank import own_transfer_way


class BankTransferView(APIView):
    """One's own transfer code and the city's account."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("The city's account for transfers, and my transfer code where I have one", answers=BankTransferWay)
    def get(self, request: Request) -> HttpResponse:
        """Return both."""
        return struct(own_transfer_way(principal_of(request)))

    @describe("Ask for my transfer code; there is one, for good", answers=BankTransferWay)
    def post(self, request: Request) -> HttpResponse:
        """Return it, with the city's account."""
        return reply(services.give_transfer_code.answer(act_of(request)))
