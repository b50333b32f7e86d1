"""Refusals about coupons."""

from kernel.problems import _
from wallet.errors.ledger import WalletRefusal


class QuoteChanged(WalletRefusal):
    """What was quoted no longer holds: a coupon ended, ran out, was used meanwhile, or takes off another amount."""

    code = "quote_changed"
    status = 409
    title = _("クーポンの条件が変わりました。金額をもう一度確かめてください。")


class CouponRuleInvalid(WalletRefusal):
    """No rule that could ever apply; ``detail`` says what is wrong."""

    code = "coupon_rule_invalid"
    status = 422
    title = _("クーポンの決まりに誤りがあります。")


class CouponNotClaimable(WalletRefusal):
    """The coupon cannot be taken: it needs no taking, is over, is sold out, or is somebody else's kind."""

    code = "coupon_not_claimable"
    status = 409
    title = _("このクーポンは受け取れません。")


class CouponPurseMissing(WalletRefusal):
    """A coupon has one purse: an open campaign of the city, or the shop's own merchant."""

    code = "coupon_purse_missing"
    status = 422
    title = _("割引を負担する事業かお店を選んでください。")


class RewardCouponUnfit(WalletRefusal):
    """A reward is a coupon that has to be held, of the purse that offers the reward."""

    code = "reward_coupon_unfit"
    status = 422
    title = _("特典には「先に受け取る」クーポンを選んでください。")


class StampRuleInvalid(WalletRefusal):
    """No stamp card that could ever become full; ``detail`` says what is wrong."""

    code = "stamp_rule_invalid"
    status = 422
    title = _("スタンプカードの決まりに誤りがあります。")


class ReferralUnknown(WalletRefusal):
    """No code of a referral, or one of a campaign that does not run now."""

    code = "referral_unknown"
    status = 404
    title = _("この紹介コードは使えません。もらったリンクをもう一度開いてください。")


class ReferralNotTaken(WalletRefusal):
    """The code was not taken; ``why`` says for what reason (``wallet.engine.referrals.NotTaken``)."""

    code = "referral_not_taken"
    status = 409
    title = _("この紹介コードは受け付けられませんでした。")


NOT_TAKEN = {
    "oneself": _("自分のコードは使えません。"),
    "ring": _("人を紹介したことがある方は、紹介を受けられません。"),
    "same_phone": _("紹介した人と同じスマートフォンでは使えません。"),
    "not_new": _("はじめての方だけが使えます。キャンペーンの前からの登録や、支払いの記録があります。"),
    "already_referred": _("紹介のコードは、一人一回だけ使えます。すでに使っています。"),
    "too_many": _("このコードは今日はもう使えません。明日もう一度お試しください。"),
    "over": _("このコードで紹介できる人数に達しました。"),
}
"""What is said to whoever entered a code that was not taken, by ``why``."""


class ReferralRuleInvalid(WalletRefusal):
    """No referral campaign that could ever reward anybody; ``detail`` says what is wrong."""

    code = "referral_rule_invalid"
    status = 422
    title = _("紹介キャンペーンの決まりに誤りがあります。")


class AudienceNotAsked(WalletRefusal):
    """The city has not published what people would agree to, so nobody can be chosen."""

    code = "audience_not_asked"
    status = 409
    title = _("先に「同意の取り決め」で、対象を選ぶことへの同意をお願いする文を公開してください。")
