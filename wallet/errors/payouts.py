"""Refusals about payouts."""

from kernel.problems import _
from wallet.errors.ledger import WalletRefusal


class PayoutUnderWay(WalletRefusal):
    """The account has a payout that is not finished."""

    code = "payout_under_way"
    status = 409
    title = _("払戻しの手続きが進んでいます。終わるか、取り下げてからお試しください。")


class PayoutDecided(WalletRefusal):
    """The payout has gone further, or has ended."""

    code = "payout_decided"
    status = 409
    title = _("この払戻しは、すでに次の段階へ進んだか、終わっています。")


class PayoutNotAllowed(WalletRefusal):
    """The law does not allow a payout in this case now."""

    code = "payout_not_allowed"
    status = 409
    title = _("この事由では、いま払い戻せません。法律で認められた場合だけ払い戻せます。")


class PayoutOverCeiling(WalletRefusal):
    """With this one the period's small payouts would exceed what the law allows; ``left`` is what is left."""

    code = "payout_over_ceiling"
    status = 409
    title = _("この期間に払い戻せる少額の払戻しの上限を超えます。")


class PayoutIncomplete(WalletRefusal):
    """Case, reason, evidence, or the account to pay to is missing."""

    code = "payout_incomplete"
    status = 422
    title = _("事由・理由・確認した書類と、振込のときは口座をすべて入力してください。")


class NothingToPayOut(WalletRefusal):
    """No paid coins are there; coins that were given are not paid out."""

    code = "nothing_to_pay_out"
    status = 409
    title = _("払い戻せるコインがありません。ボーナスのコインは払い戻しの対象になりません。")


class NoticeTooShort(WalletRefusal):
    """Holders would have less than sixty days, or the announcement lies before today."""

    code = "notice_too_short"
    status = 422
    title = _("申し出の期間は、公告の日の翌日から60日以上にしてください。")
