"""Refusals of asking for journeys, stops and trips."""

from kernel.problems import DomainError, _


class MobilityRefusal(DomainError):
    """Whatever getting about refuses; it speaks of the moment, not for good."""

    is_kept = False


class NoTimetable(MobilityRefusal):
    """The city has no timetable yet."""

    code = "no_timetable"
    status = 409
    title = _("時刻表がまだ登録されていません。しばらくしてからお試しください。")


class PlaceUnclear(MobilityRefusal):
    """A place has neither a stop nor both coordinates; ``errors`` names which."""

    code = "place_unclear"
    status = 422
    title = _("場所がわかりません。停留所か、地図の位置を選んでください。")


class PlaceOffMap(MobilityRefusal):
    """Nobody can walk from there: the sea, a mountain, another town; ``errors`` names which place."""

    code = "place_off_map"
    status = 422
    title = _("その場所の近くに、道や停留所がありません。地図で近くの道を選んでください。")


class StopUnknown(MobilityRefusal):
    """No stop of this id in the timetable that stands."""

    code = "stop_unknown"
    status = 404
    title = _("この停留所は見つかりません。名前で探してください。")


class TripUnknown(MobilityRefusal):
    """No trip of this id runs on that day."""

    code = "trip_unknown"
    status = 404
    title = _("この便は見つかりません。時刻表が変わったかもしれません。もう一度検索してください。")


class SamePlace(MobilityRefusal):
    """From and to are one place."""

    code = "same_place"
    status = 422
    title = _("出発地と目的地が同じです。どちらかを変えてください。")


class OutsideTimetable(MobilityRefusal):
    """The day lies outside the timetable; ``first_day`` and ``last_day`` tell its days."""

    code = "outside_timetable"
    status = 422
    title = _("この日の時刻表はまだありません。別の日を選んでください。")


class CursorUnreadable(MobilityRefusal):
    """A cursor that is none of ours."""

    code = "cursor_unreadable"
    status = 422
    title = _("続きを読み取れませんでした。もう一度検索してください。")


class FollowUnfit(MobilityRefusal):
    """A journey is described in a way that cannot be followed; ``errors`` names the fields."""

    code = "follow_unfit"
    status = 422
    title = _("この行き方は見守れません。もう一度検索してください。")


class FollowUnknown(MobilityRefusal):
    """Nobody follows a journey under this id, or not any more."""

    code = "follow_unknown"
    status = 404
    title = _("この行き方の見守りは終わっています。もう一度始めてください。")


class FollowsFull(MobilityRefusal):
    """The city follows as many journeys as it can; one asks again every so often instead."""

    code = "follows_full"
    status = 429
    title = _("見守りが混み合っています。しばらくしてからもう一度お試しください。")
