"""Refusals about coins that are sold with a bonus."""

from kernel.problems import _
from wallet.errors.ledger import WalletRefusal


class PremiumSoldOut(WalletRefusal):
    """Fewer units are left than were asked for; ``left`` says how many, ``sold_out_at`` since when there are none."""

    code = "premium_sold_out"
    status = 409
    title = _("プレミアム付コインは、残りが足りません。")


class PremiumNotOnSale(WalletRefusal):
    """It is not the time for it: before the sale, after it, or the campaign was ended."""

    code = "premium_not_on_sale"
    status = 409
    title = _("いまは販売の期間ではありません。")


class PremiumCapReached(WalletRefusal):
    """More units than one person may buy; ``may`` says how many more they may."""

    code = "premium_cap_reached"
    status = 409
    title = _("1人が買える口数を超えています。")


class PremiumNotForYou(WalletRefusal):
    """The campaign is for residents whose identity is known."""

    code = "premium_not_for_you"
    status = 409
    title = _("このプレミアム付コインは、本人確認をした人だけが買えます。マイページで本人確認をしてください。")


class PremiumNotAllotted(WalletRefusal):
    """The draw gave this account no unit, or its time to buy is over."""

    code = "premium_not_allotted"
    status = 409
    title = _("買える口数がありません。抽選の結果と、買える期限を確かめてください。")


class PremiumBeingPaid(WalletRefusal):
    """A payment by card for this campaign is under way; ``payment`` names it, so that it is paid or given up first."""

    code = "premium_being_paid"
    status = 409
    title = _("カードでの支払いが途中です。続けるか、やめてから、もう一度お試しください。")


class PremiumNotApplying(WalletRefusal):
    """Applications are taken from ``apply_from`` until before ``apply_until``."""

    code = "premium_not_applying"
    status = 409
    title = _("いまは申し込みの期間ではありません。")


class PremiumNotVoidable(WalletRefusal):
    """A purchase is voided whole, on its day, where it was made, while none of its coins is spent."""

    code = "premium_not_voidable"
    status = 409
    title = _("この購入は取り消せません。買った当日に、買った場所で、コインを使っていないときだけ取り消せます。")


class PremiumTermsInvalid(WalletRefusal):
    """The terms do not hold together; ``errors`` names the field."""

    code = "premium_terms_invalid"
    status = 422
    title = _("プレミアム付コインの条件が正しくありません。")
