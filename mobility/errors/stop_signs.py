"""Refusals about signs that show a stop."""

from kernel.problems import DomainError, _


class SignUnfit(DomainError):
    """A sign cannot show what it is to show; ``errors`` names the fields."""

    code = "sign_unfit"
    status = 422
    title = _("表示端末の内容をご確認ください。")
