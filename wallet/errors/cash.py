"""Refusals at the city's counter: its tills and their counts."""

from kernel.problems import _
from wallet.errors.ledger import WalletRefusal


class TillNotOpen(WalletRefusal):
    """The officer has no open till, or the one named is closed."""

    code = "till_not_open"
    status = 409
    title = _("窓口のレジが開いていません。釣り銭を数えて、レジを開けてください。")


class TillOfAnotherDay(WalletRefusal):
    """The till was opened on an earlier day and never counted; ``day`` says on which."""

    code = "till_of_another_day"
    status = 409
    title = _("前の日のレジが締められていません。先に数えて締めてください。")


class TillStillOpen(WalletRefusal):
    """A till is open at that counter, or by that officer."""

    code = "till_still_open"
    status = 409
    title = _("開いたままのレジがあります。先に数えて締めてください。")


class CountUnsound(WalletRefusal):
    """No count of notes and coins; ``kind`` says what is wrong."""

    code = "count_unsound"
    status = 422
    title = _("お札と硬貨の枚数を、0以上の整数で入力してください。")


class DifferenceUnexplained(WalletRefusal):
    """The cash is more or less than it should be (``difference``), and nothing was said about it."""

    code = "difference_unexplained"
    status = 422
    title = _("現金が計算と合いません。数え直すか、理由を書いてください。")


class HandOverDiffers(WalletRefusal):
    """Who takes a till over counted something else than who handed it over."""

    code = "hand_over_differs"
    status = 409
    title = _("引き継いだ金額が、前のレジを締めたときの金額と違います。二人で数え直してください。")


class TillAlreadySigned(WalletRefusal):
    """The till is not closed yet, or a second officer has signed it already."""

    code = "till_already_signed"
    status = 409
    title = _("このレジは、まだ締められていないか、すでに署名されています。")
