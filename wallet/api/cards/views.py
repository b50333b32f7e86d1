"""Topping up by card and at convenience stores, and the card company's own door."""

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.problems import NotFound
from kernel.web import Open, Page, SignedIn, act_of, describe, page_of, principal_of, raw, read, reply, struct
from wallet import services
from wallet.api.cards.serializers import TopUpWanted
from wallet.engine.card_results import CardTopUp, TopUpWays
from wallet.gateways.cards.words import Voucher
from wallet.selectors.cards_taken import access_card_top_up_for, card_top_up, own_card_top_ups, top_up_ways

MOST_BYTES_OF_AN_EVENT = 128 * 1024


class TopUpWaysView(APIView):
    """How one may top up from the phone."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Ways to top up from the phone, and how much at once", answers=TopUpWays)
    def get(self, request: Request) -> HttpResponse:
        """Return the ways; none where the city has no contract with a card company."""
        return struct(top_up_ways())


class CardTopUpsView(APIView):
    """One's own top-ups by card and at convenience stores."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe(
        "My top-ups by card and convenience store, newest first", answers=Page[CardTopUp], query=("cursor", "limit")
    )
    def get(self, request: Request) -> HttpResponse:
        """Return one page."""
        rows = own_card_top_ups(principal_of(request))
        return struct(page_of(rows, request, shape=card_top_up, instant="started_at"))

    @describe(
        "Begin a top-up by card or at a convenience store", body=TopUpWanted, answers=CardTopUp, status=201, keyed=True
    )
    def post(self, request: Request) -> HttpResponse:
        """Begin it and return the page of the card company on which it is paid."""
        body = read(request, TopUpWanted)
        return reply(services.start_top_up(act_of(request), amount=body.amount, method=body.method))


class CardTopUpView(APIView):
    """One top-up."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("A top-up as it stands", answers=CardTopUp)
    def get(self, request: Request, card_top_up_id: UUID) -> HttpResponse:
        """Return it to whose it is."""
        return struct(card_top_up(access_card_top_up_for(principal_of(request), card_top_up_id)))


class CardTopUpLookView(APIView):
    """Asking the card company."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Ask the card company how a top-up stands, and book it", answers=CardTopUp)
    def post(self, request: Request, card_top_up_id: UUID) -> HttpResponse:
        """Return it as it stands now."""
        return struct(card_top_up(services.look_for(principal_of(request), card_top_up_id, at=clock.now())))


class CardTopUpGiveUpView(APIView):
    """Giving up."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Give up a top-up that was not paid", answers=CardTopUp)
    def post(self, request: Request, card_top_up_id: UUID) -> HttpResponse:
        """Return it as it stands now: what was paid a moment ago stays paid."""
        return struct(card_top_up(services.give_up_top_up(principal_of(request), card_top_up_id, at=clock.now())))


class VoucherView(APIView):
    """The numbers for the convenience store."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("The numbers that a convenience store asks for", answers=Voucher)
    def get(self, request: Request, card_top_up_id: UUID) -> HttpResponse:
        """Return them as the card company has them; :raises NotFound: where there are none."""
        voucher = services.voucher_for(principal_of(request), card_top_up_id)
        if voucher is None:
            raise NotFound
        return struct(voucher)


class CardEventsView(APIView):
    """The card company's own door: believed by its signature alone."""

    permission_classes = (Open,)
    authentication_classes = ()

    @describe("News from the card company (Stripe's signed webhooks)")
    def post(self, request: Request) -> HttpResponse:
        """Take one event in; 200 means that it need not come again."""
        payload = raw(request, most=MOST_BYTES_OF_AN_EVENT)
        services.hear_vendor(payload, request.headers.get("Stripe-Signature", ""), at=clock.now())
        return HttpResponse(status=200)
