"""How statements write: days and instants of Japan, months as people say them, kinds of movements."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.notifications import with_year
from kernel.clock import JST
from wallet.engine.months import Month
from wallet.models import Shop

KINDS = {
    "payment": gettext_lazy("お支払い"),
    "capture": gettext_lazy("お支払い（お預かりから）"),
    "refund": gettext_lazy("返金"),
    "void": gettext_lazy("取り消し"),
    "top_up": gettext_lazy("チャージ"),
    "top_up_card": gettext_lazy("カードでチャージ"),
    "top_up_konbini": gettext_lazy("コンビニでチャージ"),
    "top_up_bank": gettext_lazy("銀行振込でチャージ"),
    "payout": gettext_lazy("払戻し"),
    "reversal": gettext_lazy("チャージの取消"),
    "hold": gettext_lazy("お預かり"),
    "release": gettext_lazy("お預かりの終わり"),
    "expiry": gettext_lazy("期限切れ"),
}


def kind_word(kind: str) -> str:
    """Return what people call such a movement."""
    return str(KINDS.get(kind, _("コインの動き")))


def moment(at: datetime) -> str:
    """Return day and time in Japan."""
    return f"{at.astimezone(JST):%Y-%m-%d %H:%M}"


def month_word(month: Month) -> str:
    """Return the month in the reader's language."""
    return str(date_format(month.first, "YEAR_MONTH_FORMAT"))


def day_word(day: date) -> str:
    """Return the day with its year, which paper outlives, in the reader's language."""
    return with_year(day, get_language() or "ja")


def name_word(shop: Shop) -> str:
    """Return the shop's name in the reader's language."""
    return shop.name if reads_japanese() else shop.name_en


def reads_japanese() -> bool:
    """Tell whether the reader reads Japanese."""
    return (get_language() or "ja").startswith("ja")
