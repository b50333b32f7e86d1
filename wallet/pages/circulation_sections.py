"""What the page of circulation shows: each section a chart, a sentence that says it, and a table with the same figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wallet.pages.charts import Point, bars, columns, curve, heat
from wallet.selectors.circulation import Circulation, Effect, Line, Table, kind_in_words
from wallet.selectors.trades import trade_in_words

MOST_DAYS = 70
MOST_BARS = 24
MOST_SIDES = 14


@dataclass(frozen=True)
class Section:
    """One chart, its sentence and its table; ``chart`` is None where the table alone says it best."""

    key: str
    title: str
    sentence: str
    header: list[str]
    rows: list[list[str]]
    kind: str = ""
    chart: Any = None
    note: str = ""


def sections(found: Circulation, effect: Effect | None) -> list[Section]:
    """Return what can be shown of these figures."""
    made = [
        _days(found), _effect(effect), _hours(found),
        _bars("districts", _("地区"), found.districts, district_in_words),
        _bars("trades", _("業種"), found.trades, trade_in_words),
        _matrix("district_trades", _("地区と業種"), found.district_trades, (district_in_words, trade_in_words)),
        _matrix("district_steps", _("地区から地区へ"), found.district_steps, (district_in_words, district_in_words), steps=True),
        _matrix("trade_steps", _("業種から業種へ"), found.trade_steps, (trade_in_words, trade_in_words), steps=True),
        _moves(found),
    ]  # fmt: skip
    return [section for section in made if section is not None]


def headlines(found: Circulation) -> list[tuple[str, str]]:
    """Return the figures at the top, each with its name."""
    made = [
        (_("使われたコイン"), yen(found.spent.yen)),
        (_("支払い"), _("%(count)s件") % {"count": _count(found.spent)}),
    ]
    if found.district is None and found.trade is None:
        made.insert(1, (_("市の負担（クーポンなど）"), yen(found.spent.support_yen)))
    if found.payers_a_week is not None:
        made.append((_("支払った口座（1週間の平均）"), f"{found.payers_a_week:,}"))
    if found.coins_out is not None:
        made.append((_("住民が持つコイン（平均、1万円単位）"), yen(found.coins_out.average_yen)))
        if found.coins_out.turns_hundredths is not None:
            made.append((_("持っているコインのうち1週間に使われた割合"), f"{found.coins_out.turns_hundredths}%"))
    if found.withheld_weeks:
        made.append((_("10人未満で出せない週"), str(found.withheld_weeks)))
    return made


def district_in_words(name: str) -> str:
    """Return the district as the register has it; shops without one stand together."""
    return name or _("地区の登録なし")


def yen(amount: int | None) -> str:
    """Return an amount as people read it; what is withheld says so."""
    return _("非公開") if amount is None else _("%(amount)s円") % {"amount": f"{amount:,}"}


def _said(line: Line) -> str:
    words = yen(line.yen)
    if line.yen is not None and line.withheld_weeks:
        words += " " + _("ほか%(weeks)d週は非公開") % {"weeks": line.withheld_weeks}
    return words


def _day(day: date) -> str:
    return date_format(day, "n/j")


def _days(found: Circulation) -> Section | None:
    lines = found.days.lines
    if not lines:
        return None
    by_week = len(lines) > MOST_DAYS
    points = _weekly(lines) if by_week else [_point(line, _day(date.fromisoformat(line.row))) for line in lines]
    said = [point for point in points if point.value is not None]
    if not said:
        return None
    best = max(said, key=lambda point: point.value or 0)
    if by_week:
        sentence = _("いちばん多かったのは%(day)sからの週で、%(amount)sでした。") % {
            "day": best.label,
            "amount": best.said,
        }
    else:
        sentence = _("いちばん多かったのは%(day)sで、%(amount)sでした。") % {"day": best.label, "amount": best.said}
    title = _("週ごとの利用額") if by_week else _("日ごとの利用額")
    rows = [[point.label, point.said] for point in points]
    return Section(
        "days", title, sentence, [_("週") if by_week else _("日"), _("利用額")], rows, "curve", curve(points)
    )


def _weekly(lines: Sequence[Line]) -> list[Point]:
    weeks: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        weeks.setdefault(date.fromisoformat(line.row).isocalendar()[:2], []).append(line)
    made = []
    for days in weeks.values():
        total = None if any(day.yen is None for day in days) else sum(day.yen or 0 for day in days)
        made.append(Point(_day(date.fromisoformat(days[0].row)), total, yen(total)))
    return made


def _point(line: Line, label: str) -> Point:
    return Point(label, line.yen, _said(line))


def _hours(found: Circulation) -> Section | None:
    lines = {int(line.row): line for line in found.hours.lines}
    if not lines:
        return None
    points = [_point(lines.get(hour, Line("", "", 0, 0, 0, 0)), str(hour)) for hour in range(24)]
    best = max(points, key=lambda point: point.value or 0)
    total = sum(point.value or 0 for point in points)
    sentence = _("いちばん使われるのは%(hour)s時台で、見えている利用額の%(share)s％です。") % {
        "hour": best.label, "share": _share(best.value, total),
    }  # fmt: skip
    rows = [[_("%(hour)s時台") % {"hour": point.label}, point.said] for point in points if int(point.label) in lines]
    return Section(
        "hours",
        _("時間帯"),
        sentence,
        [_("時間帯"), _("利用額")],
        rows,
        "columns",
        columns(points),
        _unsaid(found.hours),
    )


def _bars(key: str, title: str, table: Table, words: Callable[[str], str]) -> Section | None:
    if not table.lines:
        return None
    lines = sorted(table.lines, key=lambda line: (line.yen is None, -(line.yen or 0), line.row))
    points = [_point(line, words(line.row)) for line in lines]
    total = sum(point.value or 0 for point in points)
    if lines[0].yen is None:
        sentence = _("どの項目も10人未満のため、金額は出しません。")
    else:
        sentence = _("いちばん多いのは%(name)sで、見えている利用額の%(share)s％です。") % {
            "name": points[0].label, "share": _share(points[0].value, total),
        }  # fmt: skip
    rows = [[point.label, point.said, _count(line)] for point, line in zip(points, lines, strict=True)]
    header = [title, _("利用額"), _("支払い")]
    return Section(key, title, sentence, header, rows, "bars", bars(points[:MOST_BARS]), _unsaid(table))


def _matrix(
    key: str, title: str, table: Table, words: tuple[Callable[[str], str], Callable[[str], str]], *, steps: bool = False
) -> Section | None:
    said = [line for line in table.lines if line.yen is not None]
    if not said:
        return None
    best = max(said, key=lambda line: line.yen or 0)
    pair = {"source": words[0](best.row), "target": words[1](best.column), "amount": yen(best.yen)}
    if steps:
        sentence = _("いちばん多いのは%(source)sのあとの%(target)sで、%(amount)sでした。") % pair
        header, note = [_("前の店"), _("次の店"), _("利用額"), _("支払い")], _STEPS()
    else:
        sentence = _("いちばん多いのは%(source)sの%(target)sで、%(amount)sでした。") % pair
        header, note = [_("地区"), _("業種"), _("利用額"), _("支払い")], ""
    rows = [[words[0](line.row), words[1](line.column), _said(line), _count(line)] for line in table.lines]
    return Section(key, title, sentence, header, rows, "heat", _heat(table, words), note)


def _STEPS() -> str:  # noqa: N802 - a constant in the reader's language
    return _("同じ口座が同じ週のうちに続けて支払った、二つの店の組み合わせです。住所は使いません。")


def _heat(table: Table, words: tuple[Callable[[str], str], Callable[[str], str]]) -> Any:
    by_pair = {(line.row, line.column): line for line in table.lines}
    rows, across = _largest(table.lines, "row"), _largest(table.lines, "column")
    cells = [
        [
            None if (line := by_pair.get((row, column))) is None
            else _point(line, f"{words[0](row)} → {words[1](column)}")
            for column in across
        ]
        for row in rows
    ]  # fmt: skip
    return heat([words[0](row) for row in rows], [words[1](column) for column in across], cells)


def _largest(lines: Sequence[Line], side: str) -> list[str]:
    sums: dict[str, int] = {}
    for line in lines:
        name = getattr(line, side)
        sums[name] = sums.get(name, 0) + (line.yen or 0)
    return sorted(sums, key=lambda name: (-sums[name], name))[:MOST_SIDES]


def _moves(found: Circulation) -> Section | None:
    if not found.moves.lines:
        return None
    rows = [
        [kind_in_words(line.row), kind_in_words(line.column), _said(line), _count(line)] for line in found.moves.lines
    ]
    amounts = {(line.row, line.column): line.yen for line in found.moves.lines}
    sentence = _("期限切れは%(expired)s、店への精算は%(settled)sでした。店から店へのコインの支払いは、まだ行われていません。") % {
        "expired": yen(amounts.get(("resident", "expired"), 0)), "settled": yen(amounts.get(("merchant", "bank"), 0)),
    }  # fmt: skip
    return Section("moves", _("コインの出入り"), sentence, [_("どこから"), _("どこへ"), _("金額"), _("件数")], rows)


def _effect(effect: Effect | None) -> Section | None:
    if effect is None:
        return None
    numbers = {
        "during": yen(effect.during_yen), "before": yen(effect.before_yen), "least": yen(effect.least_yen),
        "most": yen(effect.most_yen), "weeks": (effect.before.last - effect.before.first).days // 7 + 1,
    }  # fmt: skip
    sentence = _("1週間の平均は%(during)sで、その前の%(weeks)d週間の平均は%(before)sでした。") % numbers
    if effect.is_beyond:
        sentence += _("前の週は%(least)sから%(most)sの間だったので、ふだんの揺れより大きな違いです。") % numbers
    else:
        sentence += _("前の週も%(least)sから%(most)sの間で揺れていたので、違いがあるとは言えません。") % numbers
    days = [_("月"), _("火"), _("水"), _("木"), _("金"), _("土"), _("日")]
    rows = [
        [days[day.weekday], yen(day.during_yen), yen(day.before_yen), f"{yen(day.least_yen)}–{yen(day.most_yen)}"]
        for day in effect.weekdays
    ]
    points = [Point(days[day.weekday], day.during_yen, yen(day.during_yen)) for day in effect.weekdays]
    header = [_("曜日"), _("この期間の平均"), _("前の平均"), _("前の最小–最大")]
    note = _("違いの理由までは分かりません。天気、祝日、給料日なども影響します。")
    return Section("effect", _("前の週とくらべる"), sentence, header, rows, "columns", columns(points), note)


def _unsaid(table: Table) -> str:
    if not table.unsaid_yen:
        return ""
    return _("このほかに、人数が少ないため分けて出せない利用額が%(amount)sあります。") % {
        "amount": yen(table.unsaid_yen)
    }


def _count(line: Line) -> str:
    return "—" if line.payments is None else f"{line.payments:,}"


def _share(part: int | None, whole: int) -> int:
    return (part or 0) * 100 // whole if whole else 0
