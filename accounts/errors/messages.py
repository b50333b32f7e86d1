"""Messages and cards on Home."""

from kernel.problems import DomainError, _


class CategoryUnknown(DomainError):
    """No app sends messages of this category, or its letters cannot be switched off."""

    code = "category_unknown"
    status = 422
    title = _("このお知らせの種類は選べません。")


class QuietHoursInvalid(DomainError):
    """Quiet hours have a beginning and an end, and the two differ."""

    code = "quiet_hours_invalid"
    status = 422
    title = _("お知らせを止める時間帯は、始まりと終わりの両方を、違う時刻で選んでください。")


class SubscriptionRefused(DomainError):
    """What the browser sent is no place that pushes can be sent to."""

    code = "push_subscription_refused"
    status = 422
    title = _("この端末にはプッシュ通知を送れません。")


class AudienceUnknown(DomainError):
    """There is no such audience for a message to many."""

    code = "audience_unknown"
    status = 422
    title = _("この宛先は選べません。")


class BroadcastWithoutText(DomainError):
    """A message to many needs a title and words in Japanese, and both or neither in each other language."""

    code = "broadcast_without_text"
    status = 422
    title = _(
        "日本語の件名と本文を入力してください。ほかの言語は、件名と本文の両方を入力するか、どちらも空にしてください。"
    )


class BroadcastNotOpen(DomainError):
    """The message to many is not in a state in which this can be done."""

    code = "broadcast_not_open"
    status = 409
    title = _("このお知らせは、いまの状態ではその操作ができません。")


class NotConfirmed(DomainError):
    """A message about danger to life was not confirmed as it must be."""

    code = "not_confirmed"
    status = 422
    title = _("確認のため、画面に表示された人数を入力してください。")


class CardKindUnknown(DomainError):
    """No app gives cards of this kind."""

    code = "card_kind_unknown"
    status = 422
    title = _("このカードの種類は選べません。")
