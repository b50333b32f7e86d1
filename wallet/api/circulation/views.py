"""The door to the figures of circulation."""

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel.problems import FieldFault
from kernel.web import Holds, describe, struct
from kernel.web.pagination import InvalidQuery
from wallet.api.circulation.serializers import CirculationSaid
from wallet.selectors.circulation import circulation, effect_of, weeks_asked

RIGHT = "wallet.see_circulation"


class CirculationView(APIView):
    """Where the coins went, for those whose office it is."""

    permission_classes = (Holds(RIGHT),)

    @describe(
        "Where coins went: whole weeks, nothing under ten people",
        answers=CirculationSaid,
        query=("first", "last", "district", "trade"),
    )
    def get(self, request: Request) -> HttpResponse:
        """Return the figures of the weeks from the one of ``first`` to the one of ``last``; the last four without."""
        weeks = weeks_asked(_day(request, "first"), _day(request, "last"))
        if weeks is None:
            return struct(CirculationSaid(figures=None, effect=None))
        asked = {"district": request.query_params.get("district"), "trade": request.query_params.get("trade")}
        return struct(CirculationSaid(figures=circulation(weeks, **asked), effect=effect_of(weeks, **asked)))


def _day(request: Request, name: str) -> date | None:
    text = request.query_params.get(name)
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        message = _("日付を2026-11-02の形で入力してください。")
        raise InvalidQuery(errors=[FieldFault(field=name, code="not_a_date", message=message)]) from None
