"""A shop's code to stand on its counter and stick to its door: three sizes, both names, how to pay in five languages."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel.documents import Document, typeset
from wallet.engine.papers import Paper
from wallet.models import Shop
from wallet.selectors.merchant_codes import shop_code
from wallet.selectors.qr_drawing import qr_svg
from wallet.selectors.shops import registered_shop

LANGUAGES = {
    "ja": ("ja", "JP"),
    "en": ("en", "GB"),
    "zh-hans": ("zh", "CN"),
    "ko": ("ko", "KR"),
    "ja-easy": ("ja", "JP"),
}


def stickers(paper: Paper) -> bytes:
    """Set the sheets of a shop that has its code. The same shop's are the same bytes."""
    shop = registered_shop(paper.about)
    title = _("%(shop)s 決済コード") % {"shop": shop.name}
    return typeset(
        Document(
            template="wallet/documents/stickers.typ", title=title, language=paper.language, at=shop.opened_at,
            data=sheet_of(shop),
        )
    )  # fmt: skip


def sheet_of(shop: Shop) -> dict[str, object]:
    """Return what the sheets say."""
    standing = shop_code(shop)
    assert standing is not None  # made when the address was given  # noqa: S101
    return {
        "coin": settings.COIN["name_ja"], "coin_en": settings.COIN["name_en"],
        "name": shop.name, "name_en": shop.name_en,
        "svg": qr_svg(standing.code), "number": standing.number,
        "alt": _("%(shop)sの決済コード。番号は%(number)s。") % {"shop": shop.name, "number": standing.number},
        "how": [_how(language, *mark) for language, mark in LANGUAGES.items()],
    }  # fmt: skip


def _how(language: str, lang: str, region: str) -> dict[str, str]:
    with override(language):
        steps = _(
            "アプリの「はらう」で読み取り、金額を入れて、お店の人に画面を見せてください。カメラがないときは番号を入れます。"
        )
        return {"lang": lang, "region": region, "text": steps}
