"""Refusals of draws."""

from kernel.problems import DomainError, _


class DrawNotOpen(DomainError):
    """The list has been committed to: nothing may be added to it any more."""

    code = "draw_not_open"
    status = 409
    title = _("抽選券の一覧はすでに確定しています。もう変えられません。")


class DrawNotCommitted(DomainError):
    """The draw is still open, or over."""

    code = "draw_not_committed"
    status = 409
    title = _("この抽選は、いまはできません。一覧を確定してから、決めた時刻のあとで行います。")


class DrawWaits(DomainError):
    """The randomness that was named before is not there yet; ``not_before`` says when it will be."""

    code = "draw_waits"
    status = 409
    is_kept = False
    title = _("抽選に使う乱数は、まだ公表されていません。時刻を過ぎてから、もう一度お試しください。")


class BeaconUntrue(DomainError):
    """What was read is not the randomness that was named: its signature does not fit."""

    code = "beacon_untrue"
    status = 409
    is_kept = False
    title = _("乱数の署名が正しくありません。この値は使いません。")


class BeaconSilent(DomainError):
    """The source of randomness cannot be reached."""

    code = "beacon_silent"
    status = 409
    is_kept = False
    title = _("乱数の公表元につながりません。しばらくしてから、もう一度お試しください。抽選の結果は変わりません。")


class TooSoon(DomainError):
    """The instant of the draw lies too near: whoever fixes the list could know the randomness."""

    code = "draw_too_soon"
    status = 422
    title = _("抽選の時刻は、確定から1分以上あとにしてください。")


class TicketsInvalid(DomainError):
    """No tickets, one twice, or a ticket that is no line of visible signs."""

    code = "tickets_invalid"
    status = 422
    title = _("抽選券の一覧が正しくありません。")


class PartiesNotReady(DomainError):
    """The three parties have not all fixed their values and confirmed the halves that they keep for one another."""

    code = "parties_not_ready"
    status = 409
    title = _("3者がそろっていません。ハッシュの公表と、預かった半分の確認が、すべて済んでから確定できます。")


class ValueUntrue(DomainError):
    """The value is not the one whose hash the party had published."""

    code = "value_untrue"
    status = 422
    title = _("この値は、先に公表したハッシュと合いません。")
