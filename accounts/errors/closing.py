"""Closing an account, copies of one's data, what a phone carries."""

from kernel.problems import DomainError, TooManyRequests, _


class ResidentClosed(DomainError):
    """The account has been closed, and stays so."""

    code = "resident_closed"
    status = 409
    title = _("このアカウントはすでに閉じられています。")


class ClosingObstructed(DomainError):
    """Something must be out of the way first; ``obstacles`` says what."""

    code = "closing_obstructed"
    status = 409
    is_kept = False
    title = _("先に済ませることがあるため、まだアカウントを閉じられません。")


class ClosingChanged(DomainError):
    """What is lost is not what the person said they know to be lost; ``gives_up`` says what it is now."""

    code = "closing_changed"
    status = 409
    is_kept = False
    title = _("失われるものが変わりました。もう一度ご確認ください。")


class ExportUnderWay(DomainError):
    """One copy is being made already."""

    code = "export_under_way"
    status = 409
    is_kept = False
    title = _("データの書き出しはすでに進んでいます。できあがるまでお待ちください。")


class TooManyExports(TooManyRequests):
    """Three copies within a day are enough; ``retry_after`` says when the next may be asked for."""

    code = "too_many_exports"
    title = _("データの書き出しは1日に3回までです。しばらくしてからもう一度お試しください。")


class ExportNotReady(DomainError):
    """The copy is not made yet, or is gone again."""

    code = "export_not_ready"
    status = 409
    is_kept = False
    title = _("このデータはまだ準備中か、すでに削除されています。")


class DeviceProofRefused(DomainError):
    """The phone did not prove, a moment ago and for this address, that it has its key."""

    code = "device_proof_refused"
    status = 422
    title = _("この端末を確認できませんでした。日時の設定をご確認のうえ、もう一度お試しください。")
