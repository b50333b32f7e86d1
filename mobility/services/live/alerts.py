"""Notices about lines and stops: those that operators tell, kept as long as they tell them, and the city's own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from accounts.errors import ReasonMissing
from kernel.ids import new_id
from kernel.problems import FieldFault, NotAllowed, NotFound, _
from kernel.transaction import whole
from kernel.use_case import Act, Key, use_case
from mobility.engine.live.members import catalogue_for
from mobility.engine.live.news import AlertNews, Concerned
from mobility.engine.live_results import AlertDraft, AlertKept, Touched
from mobility.engine.network import Network
from mobility.errors import AlertEnded, AlertUnfit
from mobility.models import AlertStep, LiveSource, ServiceAlert

RIGHT = "mobility.alerts"
MOST_TEXT, MOST_TOUCHED = 2000, 200
LANGUAGES = frozenset({"ja", "ja-easy", "en", "zh-hans", "ko"})
KEPT_ENDED = timedelta(days=30)
Deed = AlertStep.Deed


@use_case("mobility.write_alert", key=Key.REQUIRED, status=201)
def write_alert(act: Act, *, draft: AlertDraft, is_draft: bool = False) -> AlertKept:
    """Tell everybody something about lines or stops, in the city's name; a draft is seen by officers alone.

    One key writes one notice, however often it is sent.

    :raises NotAllowed: :raises AlertUnfit:
    """
    row = ServiceAlert(id=new_id(act.at), written_by=act.principal.actor, made_at=act.at, is_draft=is_draft)
    _fill(act, row, draft)
    row.save(force_insert=True)
    return _done(act, row, Deed.WRITTEN)


@use_case("mobility.change_alert")
def change_alert(act: Act, *, alert_id: UUID, draft: AlertDraft) -> AlertKept:
    """Say a notice of the city anew. Locks: the notice.

    :raises NotAllowed: :raises NotFound: :raises AlertUnfit: :raises AlertEnded: for one that is over, or an operator's.
    """
    row = _locked(act, alert_id)
    _fill(act, row, draft)
    row.save()
    return _done(act, row, Deed.CHANGED)


@use_case("mobility.publish_alert")
def publish_alert(act: Act, *, alert_id: UUID) -> AlertKept:
    """Show a draft to everybody; one that is public stays so. Locks: the notice.

    :raises NotAllowed: :raises NotFound: :raises AlertEnded:
    """
    row = _locked(act, alert_id)
    if row.is_draft:
        row.is_draft, row.changed_at = False, act.at
        row.save(update_fields=["is_draft", "changed_at"])
        _done(act, row, Deed.PUBLISHED)
    return AlertKept(row.pk)


@use_case("mobility.end_alert")
def end_alert(act: Act, *, alert_id: UUID, why: str) -> AlertKept:
    """Take a notice of the city back. Locks: the notice.

    :raises NotAllowed: :raises ReasonMissing: :raises NotFound: :raises AlertEnded:
    """
    row = _locked(act, alert_id)
    if not why.strip():
        raise ReasonMissing(errors=[FieldFault("why", "required", str(ReasonMissing.title))])
    row.ended_at = row.changed_at = act.at
    row.save(update_fields=["ended_at", "changed_at"])
    return _done(act, row, Deed.ENDED, why)


def keep_alerts(source: LiveSource, told: Mapping[str, AlertNews], network: Network | None, *, at: datetime) -> int:
    """Keep what an operator tells now and end what it tells no more; return how many changed. One transaction.

    One that says the same as before, of the same network, is left as it is.
    """
    names = _Names(source.feed.slug if source.feed else "", network)
    release = str(network.release if network else "").encode()
    with whole():
        standing = {row.external_id: row for row in ServiceAlert.objects.filter(source=source, ended_at=None)}
        over = [row.pk for key, row in standing.items() if key not in told]
        changed = ServiceAlert.objects.filter(pk__in=over).update(ended_at=at, changed_at=at) if over else 0
        for key, news in told.items():
            row = standing.get(key) or ServiceAlert(id=new_id(at), source=source, external_id=key, made_at=at)
            digest = sha256(release + msgspec.msgpack.encode(news)).digest()
            if row.digest is None or bytes(row.digest) != digest:
                row.digest = digest
                _tell(row, news, names, at)
                row.save()
                changed += 1
    return changed


def forget_old_alerts(*, at: datetime) -> int:
    """Delete operators' notices that ended long ago; the city's own stay."""
    old = ServiceAlert.objects.filter(written_by=None, ended_at__lt=at - KEPT_ENDED)
    return old.delete()[0]


def _tell(row: ServiceAlert, news: AlertNews, names: "_Names", at: datetime) -> None:
    row.header, row.description, row.url = news.header, news.description, news.url
    row.cause, row.effect, row.severity, row.changed_at = news.cause, news.effect, news.severity, at
    periods = [(begin, end) for begin, end in news.periods if begin is None or end is None or begin < end]
    row.periods = [list(each) for each in periods]
    row.begins_at = _instant(min((begin or 0 for begin, _end in periods), default=0))
    row.ends_at = (
        None if any(end is None for _begin, end in periods) else _instant(max((e or 0 for _b, e in periods), default=0))
    )
    row.concerned = msgspec.to_builtins([_touched(each, names) for each in news.concerned])


def _instant(told: int) -> datetime | None:
    return datetime.fromtimestamp(told, UTC) if told else None


class _Names:
    """The network's ids for those of one feed: marked by its slug, but for stops that it shares with a feed before it."""

    def __init__(self, slug: str, network: Network | None) -> None:
        self._mark = f"{slug}:" if slug else ""
        catalogue = catalogue_for(network.catalogues, slug) if network else None
        self._stops: Sequence[str] = network.feed.stop_id if network else ()
        self._stop_of: Mapping[str, int] = catalogue.stop_of if catalogue else {}

    def stop(self, own: str) -> str:
        return self._stops[self._stop_of[own]] if own in self._stop_of else self.other(own)

    def other(self, own: str) -> str:
        return f"{self._mark}{own}" if own else ""


def _touched(told: Concerned, names: _Names) -> Touched:
    """Return whom a notice concerns, by the network's ids."""
    return Touched(
        agency=names.other(told.agency_id), route=names.other(told.route_id or told.trip.route_id), route_type=told.route_type,
        direction=max(told.direction, told.trip.direction), stop=names.stop(told.stop_id), trip=names.other(told.trip.trip_id),
        day=told.trip.start_day,
    )  # fmt: skip


def _done(act: Act, row: ServiceAlert, deed: AlertStep.Deed, why: str = "") -> AlertKept:
    """Write down what was done, and what the notice says from now on."""
    names = ("header", "description", "url", "cause", "effect", "severity", "periods", "concerned")
    AlertStep.objects.create(
        id=new_id(act.at), alert=row, deed=deed, why=why.strip()[:200], by=act.principal.actor, at=act.at,
        said={name: getattr(row, name) for name in names},
    )  # fmt: skip
    act.audit(what={"alert_id": str(row.pk)}, why=why)
    return AlertKept(row.pk)


def _locked(act: Act, alert_id: UUID) -> ServiceAlert:
    if not act.principal.may(RIGHT):
        raise NotAllowed
    row = ServiceAlert.objects.select_for_update().filter(pk=alert_id).first()
    if row is None:
        raise NotFound
    if row.written_by is None or row.ended_at is not None:
        raise AlertEnded
    return row


def _fill(act: Act, row: ServiceAlert, draft: AlertDraft) -> None:
    if not act.principal.may(RIGHT):
        raise NotAllowed
    faults = [fault for fault in _faults(draft) if fault is not None]
    if faults:
        raise AlertUnfit(errors=faults)
    row.header, row.description = _kept(draft.header), _kept(draft.description)
    row.url = {"": draft.url} if draft.url else {}
    row.cause, row.effect, row.severity = draft.cause, draft.effect, draft.severity
    row.begins_at, row.ends_at, row.changed_at = draft.begins_at, draft.ends_at, act.at
    row.periods = [[_second(draft.begins_at), _second(draft.ends_at)]] if draft.begins_at or draft.ends_at else []
    row.concerned = msgspec.to_builtins(
        [Touched(route=each) for each in draft.routes] + [Touched(stop=each) for each in draft.stops]
    )


def _faults(draft: AlertDraft) -> Iterable[FieldFault | None]:
    yield _fault(
        bool(draft.header.get("ja", "").strip()), "header", "required", _("日本語の見出しを入力してください。")
    )
    texts = {**draft.header, **{f"{key}.": value for key, value in draft.description.items()}}
    yield _fault(
        all(key.rstrip(".") in LANGUAGES for key in texts), "header", "language", _("言語の指定をご確認ください。")
    )
    are_short = all(len(value) <= MOST_TEXT for value in texts.values())
    yield _fault(are_short, "description", "too_long", _("2000文字までにしてください。"))
    is_address = not draft.url or (draft.url.startswith("https://") and len(draft.url) <= 500)
    yield _fault(is_address, "url", "form", _("https://で始まるアドレスにしてください。"))
    is_span = draft.begins_at is None or draft.ends_at is None or draft.begins_at < draft.ends_at
    yield _fault(is_span, "ends_at", "before_start", _("おわりは、はじまりより後にしてください。"))
    is_few = len(draft.routes) + len(draft.stops) <= MOST_TOUCHED
    yield _fault(is_few, "routes", "too_many", _("路線と停留所は200までにしてください。"))


def _fault(holds: bool, field: str, code: str, words: Any) -> FieldFault | None:  # noqa: FBT001 - what must hold comes first
    return None if holds else FieldFault(field, code, str(words))


def _kept(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def _second(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
