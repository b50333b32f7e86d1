"""The officers' page of circulation: charts with a sentence and a table each, filters, print and a file for spreadsheets."""

from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel.spreadsheets import csv_of
from kernel.web.desks import officers_only
from wallet.pages.circulation_sections import district_in_words, headlines, sections
from wallet.selectors.circulation import (
    Circulation,
    Weeks,
    circulation,
    districts_and_trades,
    effect_of,
    weeks_asked,
    weeks_said,
)
from wallet.selectors.trades import trade_in_words

RIGHT = "wallet.see_circulation"
MOST_WEEKS = 106  # in the choice: two years


@require_safe
@officers_only(RIGHT)
def circulation_page(request: HttpRequest) -> HttpResponse:
    """Show the figures of the weeks asked for."""
    found = _asked(request)
    context = admin.site.each_context(request) | {"title": _("コインのめぐり"), "said": found}
    if found is not None:
        effect = effect_of(found.weeks, district=found.district, trade=found.trade)
        context |= _choices(found) | {
            "sections": sections(found, effect),
            "headlines": headlines(found),
            "csv": f"?{_address(found)}",
        }
    return render(request, "wallet/circulation/page.html", context)


@require_safe
@officers_only(RIGHT)
def circulation_csv(request: HttpRequest) -> HttpResponse:
    """Send the same figures as a table for spreadsheet programs."""
    found = _asked(request)
    header = [
        _("最初の週"), _("最後の週"), _("表"), _("項目1"), _("項目2"), _("コイン（円）"), _("市の負担（円）"), _("支払い（件）"),
        _("非公開の週"),
    ]  # fmt: skip
    rows = [] if found is None else _rows(found)
    response = HttpResponse(csv_of(header, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="circulation.csv"'
    return response


def _asked(request: HttpRequest) -> Circulation | None:
    weeks = weeks_asked(_day(request.GET.get("first")), _day(request.GET.get("last")))
    if weeks is None:
        return None
    districts, trades = districts_and_trades()
    district, trade = request.GET.get("district", "*"), request.GET.get("trade", "*")
    return circulation(
        weeks,
        district=district if district in districts else None,
        trade=trade if trade in trades else None,
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _choices(found: Circulation) -> dict[str, Any]:
    districts, trades = districts_and_trades()
    known = cast("Weeks", weeks_said())
    return {
        "weeks": known.mondays()[-MOST_WEEKS:][::-1],
        "districts": [(name, district_in_words(name)) for name in districts],
        "trades": [(code, trade_in_words(code)) for code in trades],
    }


def _address(found: Circulation) -> str:
    asked = {"first": found.weeks.first.isoformat(), "last": found.weeks.last.isoformat()}
    asked |= {} if found.district is None else {"district": found.district}
    return urlencode(asked | ({} if found.trade is None else {"trade": found.trade}))


def _rows(found: Circulation) -> list[list[Any]]:
    tables = {
        "days": found.days, "hours": found.hours, "districts": found.districts, "trades": found.trades,
        "district_trades": found.district_trades, "district_steps": found.district_steps,
        "trade_steps": found.trade_steps, "moves": found.moves,
    }  # fmt: skip
    lines = [("spent", found.spent)] + [(name, line) for name, table in tables.items() for line in table.lines]
    return [
        [
            found.weeks.first.isoformat(), found.weeks.last.isoformat(), name, line.row, line.column, line.yen,
            line.support_yen, line.payments, line.withheld_weeks,
        ]
        for name, line in lines
    ]  # fmt: skip
