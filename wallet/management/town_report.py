"""The made-up town's month on one page: a file that needs nothing beside it, charts as SVG and no script."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from wallet.demo.town import Lived
from wallet.pages.charts import Point, curve
from wallet.pages.circulation_sections import sections, yen
from wallet.selectors.audit import Finding
from wallet.selectors.circulation import circulation, kind_in_words, weeks_said
from wallet.selectors.town_books import daily_moves

OFTEN = (
    "pay", "coupons", "top_up", "premium", "send", "hold", "capture", "refund", "void", "released", "settled",
)  # fmt: skip


def report_on(lived: Lived, findings: Sequence[Finding], digest: str, seconds: float) -> str:
    """Return the page."""
    with translation.override("ja"):
        moves = daily_moves()
        weeks = weeks_said()
        found = None if weeks is None else circulation(weeks)
        context = {
            "plan": lived.plan, "done": [(name, lived.done[name]) for name in OFTEN if lived.done[name]],
            "refused": sorted((name, count) for name, count in lived.done.items() if ":" in name),
            "charts": [_daily(moves, title, pair) for title, pair in SERIES], "moves": _totals(moves),
            "sections": [] if found is None else [each for each in sections(found, None) if each.chart is not None],
            "findings": findings, "broken": sum(1 for finding in findings if finding.broken), "digest": digest,
            "seconds": round(seconds), "settled": lived.settled, "expired": yen(lived.done["expired_yen"]),
        }  # fmt: skip
        return render_to_string("wallet/town/report.html", context)


SERIES = (
    ("店で使われたコイン（日ごと）", ("resident", "merchant")),
    ("窓口でのチャージ（日ごと）", ("counter_cash", "resident")),
    ("市からのボーナス（日ごと）", ("campaign", "resident")),
    ("クーポンで市が負担した額（日ごと）", ("campaign", "merchant")),
    ("店への精算（日ごと）", ("merchant", "bank")),
)


def _daily(moves: Sequence[tuple[Any, ...]], title: str, pair: tuple[str, str]) -> dict[str, Any]:
    days = sorted({row[0] for row in moves})
    sums: dict[date, int] = {row[0]: row[3] for row in moves if (row[1], row[2]) == pair}
    points = [Point(f"{day.month}/{day.day}", sums.get(day, 0), yen(sums.get(day, 0))) for day in days]
    return {"title": title, "sentence": f"合計 {yen(sum(sums.values()))}", "chart": curve(points)}


def _totals(moves: Sequence[tuple[Any, ...]]) -> list[tuple[str, str, str, str]]:
    totals: dict[tuple[str, str], list[int]] = {}
    for _day, source, target, amount, count in moves:
        total = totals.setdefault((source, target), [0, 0])
        total[0] += amount
        total[1] += count
    return [
        (kind_in_words(source), kind_in_words(target), yen(amount), f"{count:,}")
        for (source, target), (amount, count) in sorted(totals.items(), key=lambda each: -each[1][0])
    ]
