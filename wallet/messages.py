"""What the wallet tells residents. A payment is not among it: who pays has the receipt in front of them."""

from django.utils.translation import gettext_lazy as _

from kernel.contributions import Category, Message

CATEGORIES = {"wallet": Category(title=_("おさいふ"), channels=("push",))}
MESSAGES = {
    "wallet.refunded": Message(
        "wallet",
        _("%(amount)s円が戻りました"),
        _("「%(shop)s」でのお支払いから、%(amount)s円分のコインが戻りました。使える期限は、もとのコインと同じです。"),
        "/pay/receipts/%(payment)s",
    ),
    "wallet.topped_up": Message(
        "wallet",
        _("%(amount)s円をチャージしました"),
        _("「%(place)s」で、現金をコインにしました。心当たりがないときは、市役所にお知らせください。"),
        "/pay/history",
    ),
}
COUNTER = _("市の窓口")
