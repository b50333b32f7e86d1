"""A shop's month on paper."""

from django.utils.translation import gettext as _

from kernel.documents import Document, typeset
from wallet.engine.months import Month
from wallet.engine.papers import Paper
from wallet.engine.shop_day import DayFigures
from wallet.selectors.shop_days import shop_month, total_of
from wallet.selectors.shops import registered_shop
from wallet.services.papers.words import month_word, name_word


def shop_statement(paper: Paper) -> bytes:
    """Set the statement of a shop's month, in the language active now."""
    month = Month.read(paper.when)
    assert month is not None  # written by us  # noqa: S101
    shop = registered_shop(paper.about)
    days = shop_month(shop.pk, month)
    total = total_of(days)
    data = {
        "facts": [
            {"name": _("店舗"), "text": name_word(shop)},
            {"name": _("お支払い（%(count)s件）") % {"count": total.payments}, "amount": total.paid},
            {"name": _("返金（%(count)s件）") % {"count": total.refunds}, "amount": -(total.refunded + total.refunded_city)},
            {"name": _("取り消し（%(count)s件）") % {"count": total.voids}, "amount": -(total.voided + total.voided_city)},
            {"name": _("差し引きの売上"), "amount": total.net},
            {"name": _("店頭でお預かりしたチャージの現金（%(count)s件）") % {"count": total.top_ups}, "amount": total.topped_up},
        ],
        "lines": {
            "title": _("日ごと"),
            "heads": [_("日"), _("件数"), _("お支払い"), _("返金・取り消し"), _("差し引き"), _("チャージの現金")],
            "rows": [_row(each.figures, str(each.day)) for each in days],
            "total": _row(total, _("合計")),
            "none": _("この月の動きはありません。"),
        },
        "note": _("金額はすべて円です。返金は、返金した日に数えます。"),
    }  # fmt: skip
    title = _("%(shop)s 売上明細 %(month)s") % {"shop": name_word(shop), "month": month_word(month)}
    return typeset(
        Document(
            template="wallet/documents/shop_statement.typ", title=title, language=paper.language, at=month.ends,
            data=data,
        )
    )  # fmt: skip


def _row(each: DayFigures, name: str) -> dict[str, object]:
    return {
        "day": name, "count": each.payments, "paid": each.paid, "back": -each.back, "net": each.net,
        "cash": each.topped_up,
    }  # fmt: skip
