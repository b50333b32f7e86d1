"""Asking for a payout, and how it stands."""

from uuid import UUID

import msgspec
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel.web import Page, SignedIn, act_of, describe, page_of, principal_of, read, reply, struct
from wallet import services
from wallet.api.payouts.serializers import PayoutAsked
from wallet.engine.payout_results import BankAccount, PayoutNow
from wallet.selectors.coin_payouts import own_payouts, payout_now


class PayoutsView(APIView):
    """One's own payouts."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("My payouts, newest first", answers=Page[PayoutNow], query=("cursor", "limit"))
    def get(self, request: Request) -> HttpResponse:
        """Return one page."""
        return struct(page_of(own_payouts(principal_of(request)), request, shape=payout_now, instant="at"))

    @describe("Ask for my paid coins as money", body=PayoutAsked, answers=PayoutNow, status=201, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Ask; officers look into it."""
        body = read(request, PayoutAsked)
        bank = BankAccount(**msgspec.structs.asdict(body.bank)) if body.bank else None
        return reply(services.ask_payout.answer(act_of(request), wish=body.wish, bank=bank))


class PayoutWithdrawView(APIView):
    """Taking a wish back."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Take back a payout that no officer has opened yet", answers=PayoutNow, keyed=True)
    def post(self, request: Request, coin_payout_id: UUID) -> HttpResponse:
        """Take it back."""
        return reply(services.withdraw_payout.answer(act_of(request), payout_id=coin_payout_id))
