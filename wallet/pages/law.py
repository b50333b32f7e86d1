"""The officers' report on the law of prepaid means: any day, chart, table, CSV, print."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.clock import jst_date
from kernel.spreadsheets import csv_of
from kernel.web.desks import officers_only
from wallet.pages.charts import Point, bars
from wallet.selectors.coin_payouts import payouts_booked_until
from wallet.selectors.law import RIGHT, LawReport, base_days, end_of, law_report, payout_ceiling


@require_safe
@officers_only(RIGHT)
def law_page(request: HttpRequest) -> HttpResponse:
    """Show the report for the end of a day; without one, of yesterday."""
    report = law_report(_day(request))
    points = [Point(each.month, each.paid, _yen(each.paid)) for each in report.issues if each.paid]
    context = admin.site.each_context(request) | {
        "title": _("未使用残高と発行保証金"),
        "report": report,
        "day": _day(request),
        "yesterday": _yesterday(),
        "base_days": base_days(at=clock.now())[:6],
        "chart": bars(points) if points else None,
        "sentence": _("購入されたコインの未使用残高は、発行した月ごとにこのとおりで、合計%(amount)sです。")
        % {"amount": _yen(report.paid)},
        "flows": _flows(report),
        "ceiling": payout_ceiling(_day(request)),
        "payouts": payouts_booked_until(end_of(_day(request))),
    }
    return render(request, "wallet/law/page.html", context)


@require_safe
@officers_only(RIGHT)
def law_csv(request: HttpRequest) -> HttpResponse:
    """Send the same figures for spreadsheet programs."""
    report = law_report(_day(request))
    rows: list[list[Any]] = [[_("未使用残高"), each.month, each.paid, each.bonus] for each in report.issues]
    rows += [[_("増減"), name, paid, bonus] for name, paid, bonus in _flows(report)]
    rows.append([_("発行保証金"), report.duty.due_on.isoformat(), report.duty.deposit, ""])
    header = [_("表"), _("項目"), _("購入分（円）"), _("ボーナス分（円）")]
    response = HttpResponse(csv_of(header, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="unused-{_day(request)}.csv"'
    return response


def _flows(report: LawReport) -> list[tuple[str, int, int]]:
    names = {
        "opening": _("前の基準日の未使用残高"),
        "issued": _("発行"),
        "used": _("使用（返金を引いた額）"),
        "expired": _("失効"),
        "other": _("払戻し・その他"),
        "closing": _("この日の未使用残高"),
    }
    return [(words, getattr(report.paid_flow, name), getattr(report.bonus_flow, name)) for name, words in names.items()]


def _yen(amount: int) -> str:
    return _("%(amount)s円") % {"amount": f"{amount:,}"}


def _yesterday() -> date:
    return jst_date(clock.now()).fromordinal(jst_date(clock.now()).toordinal() - 1)


def _day(request: HttpRequest) -> date:
    """Return the day asked for; one to come has no figures yet."""
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return _yesterday()
    return asked if date(2000, 1, 1) <= asked <= _yesterday() else _yesterday()
