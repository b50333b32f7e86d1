"""A resident's month on paper."""

from django.conf import settings
from django.utils.translation import gettext as _

from kernel.documents import Document, typeset
from wallet.engine.months import Month
from wallet.engine.papers import Paper
from wallet.engine.results import HistoryEntry
from wallet.selectors.statements import Statement, statement_of
from wallet.services.papers.words import day_word, kind_word, moment, month_word, reads_japanese


def statement(paper: Paper) -> bytes:
    """Set the statement of an account's month, in the language active now."""
    month = Month.read(paper.when)
    assert month is not None  # written by us  # noqa: S101
    found = statement_of(paper.about, month)
    coin = settings.COIN["name_ja" if reads_japanese() else "name_en"]
    title = _("%(coin)s ご利用明細 %(month)s") % {"coin": coin, "month": month_word(month)}
    data = {
        "facts": _facts(found, paper),
        "lines": {
            "title": _("動き"), "heads": [_("日時"), _("内容"), _("受付番号"), _("金額（円）")],
            "rows": [_line(entry) for entry in found.entries], "none": _("この月の動きはありません。"),
        },
        "lots": {
            "title": _("月の終わりのコインの期限"), "heads": [_("使える期限"), _("種類"), _("残り（円）")],
            "rows": [
                {"day": day_word(lot.expires_on), "kind": _("もらった分") if lot.kind == "bonus" else _("チャージした分"),
                 "amount": lot.remaining}
                for lot in found.lots
            ],
        },
        "note": _("期限は、その日の終わり（日本時間の24時）までです。コインは現金に戻せません。"),
    }  # fmt: skip
    return typeset(
        Document(
            template="wallet/documents/statement.typ", title=title, language=paper.language, at=month.ends, data=data
        )
    )


def _facts(found: Statement, paper: Paper) -> list[dict[str, object]]:
    return [
        {"name": _("口座"), "text": str(paper.about)},
        {"name": _("月のはじめの残高"), "amount": found.opening},
        {"name": _("入った額"), "amount": found.came},
        {"name": _("出た額"), "amount": -found.went},
        {"name": _("月の終わりの残高"), "amount": found.closing},
    ]


def _line(entry: HistoryEntry) -> dict[str, object]:
    shop = entry.shop_name if reads_japanese() else entry.shop_name_en
    return {
        "at": moment(entry.occurred_at),
        "what": f"{kind_word(entry.kind)}　{shop}" if shop else kind_word(entry.kind),
        "number": entry.receipt_number or "",
        "amount": entry.amount if entry.direction == "in" else -entry.amount,
    }
