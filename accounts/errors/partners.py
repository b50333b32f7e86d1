"""Partner services, and devices in shops and offices."""

from kernel.problems import DomainError, NotFound, _


class PartnerDisabled(DomainError):
    """The partner service has been stopped."""

    code = "partner_disabled"
    status = 409
    title = _("この連携サービスは停止されています。")


class ScopeRefused(DomainError):
    """A service of this kind cannot ask for that."""

    code = "scope_refused"
    status = 422
    title = _("この種類のサービスには、その範囲を選べません。")


class RedirectRefused(DomainError):
    """No answer may be sent to that address."""

    code = "redirect_refused"
    status = 422
    title = _("戻り先のアドレスが使えません。https で始まる、記号や省略のないアドレスを入力してください。")


class DeviceCodeUnknown(NotFound):
    """No device waits under this code: mistyped, too old, or answered already."""

    code = "device_code_unknown"
    title = _("この番号の端末は見つかりません。端末に出ている番号をもう一度ご確認ください。")


class DeviceOfAnotherKind(DomainError):
    """A device of this kind does not stand in an organisation of this kind."""

    code = "device_of_another_kind"
    status = 422
    title = _("この組織では、この種類の端末を登録できません。")
