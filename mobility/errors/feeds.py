"""Refusals about timetables and the network that is made of them."""

from kernel.problems import DomainError, _


class FeedSourceUnfit(DomainError):
    """A source is described in a way that cannot be kept; ``errors`` names the fields."""

    code = "feed_source_unfit"
    status = 422
    title = _("提供元の内容をご確認ください。")


class FeedSlugTaken(DomainError):
    """Another source has the slug."""

    code = "feed_slug_taken"
    status = 409
    title = _("この略号は、ほかの提供元が使っています。")


class FeedWithoutAddress(DomainError):
    """The source is uploaded, so there is nothing to fetch."""

    code = "feed_without_address"
    status = 409
    title = _("取りに行くアドレスがありません。ファイルを取り込んでください。")


class FeedRetired(DomainError):
    """The source was retired."""

    code = "feed_retired"
    status = 409
    title = _("この提供元は終了しています。")


class NetworkMoved(DomainError):
    """Another network came into use while this one was being made."""

    code = "network_moved"
    status = 409
    is_kept = False
    title = _("ほかの変更が先に行われました。もう一度お試しください。")


class NetworkInUse(DomainError):
    """The network is the one that is used."""

    code = "network_in_use"
    status = 409
    title = _("この路線網は、すでに使われています。")


class FeedVersionLost(DomainError):
    """A file that belongs to the network cannot be read any more; ``slug`` says whose. Bring it in again, or retire the source."""

    code = "feed_version_lost"
    status = 409
    is_kept = False
    title = _("使用中の時刻表のファイルが見つかりません。もう一度取り込んでください。")


class NetworkAway(DomainError):
    """The network that is to be used cannot be opened by this process."""

    code = "network_away"
    status = 503
    is_kept = False
    title = _("時刻表を読み込めません。しばらくしてからもう一度お試しください。")


class FeedFileMissing(DomainError):
    """No file came with the form."""

    code = "feed_file_missing"
    status = 422
    title = _("ファイルを選んでください。")


class FeedFileTooLarge(DomainError):
    """The file is larger than a timetable can be; ``most`` says how many bytes it may have."""

    code = "feed_file_too_large"
    status = 413
    title = _("ファイルが大きすぎます。")
