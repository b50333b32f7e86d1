"""A shop's day on paper."""

from datetime import date

from django.utils.translation import gettext as _

from kernel.clock import jst_midnight
from kernel.documents import Document, typeset
from wallet.engine.papers import Paper
from wallet.selectors.shop_closings import DayReport, DaySums, kind_word, place_word, report_of
from wallet.selectors.shop_days import bounds
from wallet.selectors.shops import registered_shop
from wallet.services.papers.words import day_word, moment, name_word


def shop_day(paper: Paper) -> bytes:
    """Set a shop's day, in the language active now: what was counted, and what came after it was closed."""
    shop, day = registered_shop(paper.about), date.fromisoformat(paper.when)
    report = report_of(shop, day, at=bounds(day)[1])
    heads = [
        _("区分"),
        _("件数"),
        _("お支払い"),
        _("市のクーポン分"),
        _("返金・取り消し"),
        _("差し引き"),
        _("チャージの現金"),
    ]
    counted = {
        "title": _("レジごと"), "heads": heads, "rows": [_row(place_word(each), each.sums) for each in report.tills],
        "total": _row(_("日計"), report.counted), "none": _("この日の動きはありません。"),
    }  # fmt: skip
    title = _("%(shop)s 日計 %(day)s") % {"shop": name_word(shop), "day": day_word(day)}
    return typeset(
        Document(
            template="wallet/documents/figures.typ", title=title, language=paper.language,
            at=report.closed_at or jst_midnight(day),
            data={
                "facts": _facts(report, name_word(shop)), "parts": [counted, *_late(report)],
                "note": _("金額はすべて円です。帳簿（元帳）から計算しています。店のクーポンの値引きは、売上に入りません。"),
            },
        )
    )  # fmt: skip


def _facts(report: DayReport, shop: str) -> list[dict[str, object]]:
    figures = report.counted.figures
    closed = moment(report.closed_at) if report.closed_at else _("まだ締めていません")
    return [
        {"name": _("店舗"), "text": shop},
        {"name": _("締めた日時"), "text": closed},
        {"name": _("お支払い（%(count)s件）") % {"count": figures.payments}, "amount": report.counted.paid},
        {"name": _("返金・取り消し"), "amount": -report.counted.back},
        {"name": _("差し引き"), "amount": report.counted.net},
        {"name": _("店のクーポンの値引き"), "amount": figures.own},
        {"name": _("照合番号（SHA-256）"), "text": report.digest or "–"},
    ]


def _late(report: DayReport) -> list[dict[str, object]]:
    if not report.late:
        return []
    rows = [
        [f"{moment(each.at)} {kind_word(each.kind)} {each.receipt_number}", each.customer, each.city]
        for each in report.late
    ]
    heads = [_("締めた後の取引"), _("お客さま"), _("市のクーポン分")]
    return [{"title": _("締めた後の取引（訂正）"), "heads": heads, "rows": rows, "none": ""}]


def _row(name: str, sums: DaySums) -> list[str | int]:
    each = sums.figures
    return [name, each.payments, each.customers, each.city, -sums.back, sums.net, each.topped_up]
