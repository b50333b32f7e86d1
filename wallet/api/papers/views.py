"""Doors to statements and sticker sheets on paper."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.web import PersonOrDevice, SignedIn, act_of, describe, principal_of, read, reply, struct
from wallet.api.papers.serializers import MonthWanted
from wallet.selectors.mine import own_months
from wallet.selectors.shop_days import shop_months
from wallet.selectors.shops import access_shop_for
from wallet.selectors.statements import StatementMonths
from wallet.services import papers
from wallet.services.papers import PaperAddress


class StatementsView(APIView):
    """My statements."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Months for which I have a statement, the newest first", answers=StatementMonths)
    def get(self, request: Request) -> HttpResponse:
        """List the months."""
        return struct(own_months(principal_of(request), at=clock.now()))

    @describe("An address at which my statement is fetched once", body=MonthWanted, answers=PaperAddress)
    def post(self, request: Request) -> HttpResponse:
        """Give the address."""
        month = read(request, MonthWanted).month
        return reply(papers.sign_statement.answer(act_of(request), month=month))


class ShopStatementsView(APIView):
    """A shop's statements."""

    permission_classes = (SignedIn,)

    @describe("Months for which a shop has a statement, the newest first", answers=StatementMonths)
    def get(self, request: Request, shop_id: UUID) -> HttpResponse:
        """List the months."""
        shop = access_shop_for(principal_of(request), shop_id, papers.READ_STATEMENTS)
        return struct(shop_months(shop.pk, at=clock.now()))

    @describe("An address at which a shop's statement is fetched once", body=MonthWanted, answers=PaperAddress)
    def post(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Give the address."""
        month = read(request, MonthWanted).month
        return reply(papers.sign_shop_statement.answer(act_of(request), shop_id=shop_id, month=month))


class StickersAddressView(APIView):
    """A shop's sheet of stickers."""

    permission_classes = (PersonOrDevice,)

    @describe("An address at which a shop's code is fetched once, as posters and stickers", answers=PaperAddress)
    def post(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Give the address."""
        return reply(papers.sign_stickers.answer(act_of(request), shop_id=shop_id))


class PaperView(APIView):
    """The paper itself."""

    permission_classes = (PersonOrDevice,)
    delegates = "wallet"

    @extend_schema(operation_id="papers_fetch")
    @describe("Fetch a paper, once", answers=None)
    def get(self, request: Request, token: str) -> HttpResponse:
        """Give the PDF."""
        paper = papers.print_paper(papers.redeem_paper(act_of(request), token=token))
        answer = HttpResponse(paper.content, content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{paper.name}"'
        answer["Cache-Control"] = "no-store"
        return answer
