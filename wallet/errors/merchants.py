"""Refusals about shops and those who run them."""

from kernel.problems import _
from wallet.errors.ledger import WalletRefusal


class HoursUnsound(WalletRefusal):
    """A span of opening hours ends before it begins, or two of one day overlap."""

    code = "hours_unsound"
    status = 422
    title = _("営業時間は、閉める時刻を開ける時刻よりあとにし、同じ日の時間が重ならないように入力してください。")
