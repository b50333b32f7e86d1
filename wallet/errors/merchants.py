"""Refusals about shops and those who run them."""

from kernel.problems import _
from wallet.errors.ledger import WalletRefusal


class HoursUnsound(WalletRefusal):
    """A span of opening hours ends before it begins, or two of one day overlap."""

    code = "hours_unsound"
    status = 422
    title = _("営業時間は、閉める時刻を開ける時刻よりあとにし、同じ日の時間が重ならないように入力してください。")


class DayClosed(WalletRefusal):
    """The shop's day was closed before, by whomever; what came later stands beside it."""

    code = "day_closed"
    status = 409
    title = _("この日はすでに締められています。締めた後の取引は、日計の画面で見られます。")
