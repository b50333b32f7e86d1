"""Refusals about shops and those who run them."""

from kernel.problems import DomainError, _
from wallet.errors.ledger import WalletRefusal


class HoursUnsound(WalletRefusal):
    """A span of opening hours ends before it begins, or two of one day overlap."""

    code = "hours_unsound"
    status = 422
    title = _("営業時間は、閉める時刻を開ける時刻よりあとにし、同じ日の時間が重ならないように入力してください。")


class PlaceOutsideTown(DomainError):
    """The place on the map lies outside the town's outline (``MACHI_CITY_AREA``)."""

    code = "place_outside_town"
    status = 422
    title = _("地図の位置がまちの外にあります。お店の場所を選び直してください。")


class DayClosed(WalletRefusal):
    """The shop's day was closed before, by whomever; what came later stands beside it."""

    code = "day_closed"
    status = 409
    title = _("この日はすでに締められています。締めた後の取引は、日計の画面で見られます。")


class ApplicationIncomplete(DomainError):
    """Something of the application is missing or cannot be so; ``errors`` names each field in the order in which they are asked."""

    code = "application_incomplete"
    status = 422
    title = _("入力していない項目か、直す項目があります。")


class ApplicationMoved(DomainError):
    """The application stands elsewhere than this step needs: another was first, or it was changed; ``state`` says where."""

    code = "application_moved"
    status = 409
    title = _("この申込みは、ほかの人が先に進めたか、内容が変わっています。画面を開き直してください。")


class AttachmentUnfit(DomainError):
    """What was sent is no photo or scan that can be opened: no JPEG, PNG or PDF, damaged, locked, or one that acts."""

    code = "attachment_unfit"
    status = 422
    title = _("開けないファイルです。写真（JPEG・PNG）か、パスワードのないPDFを選んでください。")


class AttachmentTooLarge(DomainError):
    """The photo or scan holds more than ``most`` bytes."""

    code = "attachment_too_large"
    status = 413
    title = _("ファイルが大きすぎます。1つ5MBまでです。写真を撮り直すか、小さくしてください。")


class TooManyAttachments(DomainError):
    """Of this kind there are ``most`` already; one of them may be removed."""

    code = "too_many_attachments"
    status = 409
    title = _("この種類の書類は3枚までです。どれかを消してから、もう一度入れてください。")


class TermsMoved(DomainError):
    """The terms that were agreed to are not today's; ``terms`` names the version to read."""

    code = "terms_moved"
    status = 409
    title = _("加盟店の規約が新しくなりました。もう一度お読みください。")


class ShopNotSuspended(DomainError):
    """The shop takes coins, or is closed for good."""

    code = "shop_not_suspended"
    status = 409
    title = _("この店舗は停止中ではありません。")


class RefundNeedsManager(WalletRefusal):
    """More than may be given back without the manager: of this payment (``per_payment``) or today (``per_day``, ``left_today``)."""

    code = "refund_needs_manager"
    status = 409
    title = _("この金額の返金は、店長が行います。店長のスマートフォンで、この支払いを開いて返金してください。")
