"""Settlement's doors for a shop's manager: what is paid when, what it is made of, and where to."""

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.web import Page, SignedIn, act_of, describe, page_of, principal_of, read, reply, struct
from wallet import services
from wallet.api.settlement import serializers as shapes
from wallet.engine.settled import CashOfShops, PayoutNamed, PayoutsNamed, SettlementOfMine
from wallet.selectors.my_settlements import access_transfer_for, csv_of_transfer, my_payouts, my_transfers, of_mine
from wallet.selectors.shop_cash import cash_of_mine
from wallet.services import papers
from wallet.services.papers import PaperAddress

PAGE = ("cursor", "limit")


class SettlementsView(APIView):
    """What one's organisations are paid."""

    permission_classes = (SignedIn,)

    @describe("What my organisations are paid, newest first", answers=Page[SettlementOfMine], query=PAGE)
    def get(self, request: Request) -> HttpResponse:
        """Return one page."""
        return struct(page_of(my_transfers(principal_of(request)), request, shape=of_mine, instant="created_at"))


class SettlementFileView(APIView):
    """One period, credit by credit."""

    permission_classes = (SignedIn,)

    @describe("A settlement's credits as CSV")
    def get(self, request: Request, settlement_id: UUID) -> HttpResponse:
        """Return the file."""
        transfer = access_transfer_for(principal_of(request), settlement_id)
        name = f"seisan-{transfer.batch.cut_off_on:%Y%m%d}.csv"
        return HttpResponse(
            csv_of_transfer(transfer), content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )  # fmt: skip


class SettlementNoticeView(APIView):
    """The notice of one transfer."""

    permission_classes = (SignedIn,)

    @describe("An address at which the notice of a transfer is fetched once, as PDF", answers=PaperAddress)
    def post(self, request: Request, settlement_id: UUID) -> HttpResponse:
        """Give the address."""
        return reply(papers.sign_settlement_notice.answer(act_of(request), transfer_id=settlement_id))


class ShopCashView(APIView):
    """The city's cash that shops hold."""

    permission_classes = (SignedIn,)

    @describe(
        "The city's cash that my organisations' shops hold, and what the city has received of it", answers=CashOfShops
    )
    def get(self, request: Request) -> HttpResponse:
        """Return it, organisation by organisation."""
        return struct(cash_of_mine(principal_of(request), at=clock.now()))


class PayoutAccountsView(APIView):
    """Where one's organisations are paid."""

    permission_classes = (SignedIn,)

    @describe("Accounts for payouts of the organisations that I manage, masked", answers=PayoutsNamed)
    def get(self, request: Request) -> HttpResponse:
        """Return them, newest first."""
        return struct(my_payouts(principal_of(request)))

    @describe("Name an account for payouts", body=shapes.PayoutAccount, answers=PayoutNamed, status=201, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Name it; an officer verifies it."""
        body = read(request, shapes.PayoutAccount)
        return reply(
            services.register_payout_account.answer(
                act_of(request), organisation_id=body.organisation_id, bank_code=body.bank_code,
                branch_code=body.branch_code, account_type=body.account_type, number=body.number, holder=body.holder,
            )
        )  # fmt: skip
