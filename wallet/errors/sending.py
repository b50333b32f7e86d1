"""Refusals of sending and asking for coins."""

from kernel.problems import DomainError, _
from wallet.errors.ledger import WalletRefusal


class RecipientUnknown(WalletRefusal):
    """No receive code of ours, or one that is over."""

    code = "recipient_unknown"
    status = 404
    title = _("この受け取りコードは使えません。相手の方に、新しいコードを出してもらってください。")


class RecipientCannotReceive(WalletRefusal):
    """The other wallet takes nothing now; why is the other person's own matter."""

    code = "recipient_cannot_receive"
    status = 409
    title = _("相手の方は、いまこの金額を受け取れません。相手の方にご確認ください。")


class SendingOneself(WalletRefusal):
    """Sender and recipient are one person, also where two IDs were merged."""

    code = "sending_oneself"
    status = 409
    title = _("自分自身には送れません。")


class PaidCoinsShort(WalletRefusal):
    """Only coins that were paid for can be sent; ``sendable`` says how much that is."""

    code = "paid_coins_short"
    status = 409
    title = _("送れるコインが足りません。もらったボーナスは送れません。")


class LimitPerSend(WalletRefusal):
    """More than may be sent at once; ``limit`` says how much that is."""

    code = "limit_per_send"
    status = 409
    title = _("1回に送れる金額の上限を超えています。")


class LimitSendsPerDay(WalletRefusal):
    """More than may be sent in a day in Japan; what came back from the other does not count against it."""

    code = "limit_sends_per_day"
    status = 409
    title = _("1日に送れる金額の上限を超えています。明日またお試しください。")


class LimitSendsPerMonth(WalletRefusal):
    """More than may be sent in a calendar month in Japan; ``limit`` says how much that is."""

    code = "limit_sends_per_month"
    status = 409
    title = _("1か月に送れる金額の上限を超えています。来月またお試しください。")


class TooManySends(WalletRefusal):
    """As many sends as one day in Japan allows; ``limit`` says how many."""

    code = "too_many_sends"
    status = 409
    title = _("1日に送れる回数の上限に達しました。明日またお試しください。")


class RequestOver(DomainError):
    """The request takes no more payment: all is paid or declined, it was called off, or its time is over."""

    code = "request_over"
    status = 409
    title = _("この依頼は終わっています。")


class RequestAnswered(DomainError):
    """The one who asks has paid or declined already."""

    code = "request_answered"
    status = 409
    title = _("この依頼には、すでに応えています。")


class RequestChanged(DomainError):
    """What is to be paid is another amount than the person saw; ``amount`` says which."""

    code = "request_changed"
    status = 409
    title = _("依頼の金額が変わりました。もう一度確かめてください。")


class RemindedEnough(DomainError):
    """Nobody can be reminded now: too often, too soon, or nobody known is left to answer."""

    code = "reminded_enough"
    status = 409
    title = _("いまは催促できません。催促は1日1回、3回までです。")


class RequestTooSmall(DomainError):
    """Split among so many, somebody would pay nothing."""

    code = "request_too_small"
    status = 422
    title = _("人数で割ると1円に足りません。金額か人数を変えてください。")


class AlertDecided(DomainError):
    """A colleague has decided on this alert already."""

    code = "alert_decided"
    status = 409
    title = _("この件は、すでに判断されています。")
