"""Trades in words: merchant category codes (ISO 18245) as residents and officers read them."""

from django.utils.translation import gettext_lazy as _

TRADES = {
    "4121": _("タクシー"),
    "5311": _("百貨店"),
    "5331": _("雑貨店"),
    "5411": _("スーパー・食料品"),
    "5462": _("パン・菓子"),
    "5499": _("青果・食品"),
    "5541": _("ガソリンスタンド"),
    "5651": _("衣料品"),
    "5812": _("飲食店"),
    "5813": _("居酒屋・バー"),
    "5912": _("薬局"),
    "5921": _("酒店"),
    "5942": _("書店"),
    "5947": _("みやげ・工芸品"),
    "5999": _("その他の小売"),
    "7011": _("宿泊"),
    "7230": _("理容・美容"),
    "7298": _("温泉・健康"),
}


def trade_in_words(code: str) -> str:
    """Return what people call the trade, in the language active now; the bare code where there are no words for it."""
    return str(TRADES.get(code, code))
