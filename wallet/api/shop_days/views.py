"""Doors to a shop's days: the present one for its tills; each one as a table, a file and a paper for who works there."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.problems import NotFound
from kernel.web import PersonOrDevice, SignedIn, act_of, describe, principal_of, reply, struct
from wallet import services
from wallet.engine.months import Month
from wallet.models import Shop
from wallet.selectors.shop_closings import (
    CLOSE_DAY,
    DayLine,
    DayLines,
    DayReport,
    csv_of_day,
    lines_of,
    now_of,
    report_of,
)
from wallet.selectors.shops import access_shop_for
from wallet.services import papers
from wallet.services.papers import PaperAddress


class TodayView(APIView):
    """How today goes."""

    permission_classes = (PersonOrDevice,)

    @describe("What a shop took and gave back today, from the books", answers=DayLine)
    def get(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Return today's figures."""
        return struct(now_of(access_shop_for(principal_of(request), shop_id), at=clock.now()))


class DaysView(APIView):
    """A month of a shop."""

    permission_classes = (SignedIn,)

    @extend_schema(operation_id="shops_days_of_a_month")
    @describe("A month's days of a shop, the newest first", answers=DayLines, query=("month",))
    def get(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Return them; this month's unless another is asked for (``2026-11``)."""
        asked = request.query_params.get("month")
        month = Month.of(clock.now()) if asked is None else Month.read(asked)
        if month is None:
            raise NotFound
        return struct(lines_of(_shop(request, shop_id), month))


class DayView(APIView):
    """One day of a shop."""

    permission_classes = (SignedIn,)

    @describe("A shop's day, till by till, with what came after it was closed", answers=DayReport)
    def get(self, request: Request, shop_id: UUID, day: date) -> HttpResponse:
        """Return the day."""
        return struct(report_of(_shop(request, shop_id), day, at=clock.now()))

    @describe("Close a shop's day", answers=DayReport, status=201, keyed=True)
    def post(self, request: Request, shop_id: UUID, day: date) -> HttpResponse:
        """Close it."""
        return reply(services.close_day.answer(act_of(request), shop_id=shop_id, day=day))


class DayFileView(APIView):
    """One day as a table for a spreadsheet."""

    permission_classes = (SignedIn,)

    @describe("A shop's day as CSV")
    def get(self, request: Request, shop_id: UUID, day: date) -> HttpResponse:
        """Return the file."""
        report = report_of(_shop(request, shop_id), day, at=clock.now())
        return HttpResponse(
            csv_of_day(report), content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="nikkei-{day:%Y%m%d}.csv"'},
        )  # fmt: skip


class DayPaperView(APIView):
    """One day on paper."""

    permission_classes = (SignedIn,)

    @describe("An address at which a shop's day is fetched once, as PDF", answers=PaperAddress)
    def post(self, request: Request, shop_id: UUID, day: date) -> HttpResponse:
        """Give the address."""
        return reply(papers.sign_shop_day.answer(act_of(request), shop_id=shop_id, day=day))


def _shop(request: Request, shop_id: UUID) -> Shop:
    return access_shop_for(principal_of(request), shop_id, CLOSE_DAY)
