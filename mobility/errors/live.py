"""Refusals about running data and notices."""

from kernel.problems import DomainError, _


class LiveSourceUnfit(DomainError):
    """A source of running data is described in a way that cannot be kept; ``errors`` names the fields."""

    code = "live_source_unfit"
    status = 422
    title = _("運行情報の提供元の内容をご確認ください。")


class LiveSourceRetired(DomainError):
    """The source was retired."""

    code = "live_source_retired"
    status = 409
    title = _("この運行情報の提供元は終了しています。")


class AlertUnfit(DomainError):
    """A notice cannot be kept as it is; ``errors`` names the fields."""

    code = "alert_unfit"
    status = 422
    title = _("お知らせの内容をご確認ください。")


class AlertEnded(DomainError):
    """The notice was taken back, or is an operator's own, and cannot be changed here."""

    code = "alert_ended"
    status = 409
    title = _("このお知らせは変更できません。")


class LiveAway(DomainError):
    """What runs now cannot be looked up."""

    code = "live_away"
    status = 503
    is_kept = False
    title = _("いまの運行情報を調べられません。しばらくしてからもう一度お試しください。")
