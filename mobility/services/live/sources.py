"""The register of sources of running data: whom the city asks, how often, and under which licence."""

from uuid import UUID

import msgspec
from django.conf import settings

from kernel.ids import new_id
from kernel.keys import seal_for_city, unseal_for_city
from kernel.problems import FieldFault, NotAllowed, NotFound, _
from kernel.use_case import Act, Key, use_case
from mobility.engine.live_results import LiveDraft, LiveKept
from mobility.errors import LiveSourceRetired, LiveSourceUnfit
from mobility.models import FeedSource, LiveOutcome, LiveSource
from mobility.services.feeds.sources import MOST_URL, RIGHT, checked_reason, fault_of_address

SEALED = "mobility.live_source"
LEAST_POLL_S, MOST_POLL_S = 10, 3600
MOST_HEADERS = 10


@use_case("mobility.register_live_source", key=Key.REQUIRED, status=201)
def register_live_source(act: Act, *, draft: LiveDraft) -> LiveKept:
    """Ask one more address for what runs; one key adds one source. :raises NotAllowed: :raises LiveSourceUnfit:"""
    row = LiveSource(id=new_id(act.at), kind=draft.kind, made_at=act.at, next_at=act.at)
    _fill(act, row, draft)
    row.save(force_insert=True)
    act.audit(what={"source_id": str(row.pk), "kind": row.kind})
    return LiveKept(row.pk)


@use_case("mobility.change_live_source")
def change_live_source(act: Act, *, source_id: UUID, draft: LiveDraft) -> LiveKept:
    """Describe a source anew, and ask it at once. Locks: the source.

    :raises NotAllowed: :raises NotFound: :raises LiveSourceUnfit: :raises LiveSourceRetired:
    """
    row = _locked(act, source_id)
    if row.kind != draft.kind:
        raise LiveSourceUnfit(errors=[FieldFault("kind", "fixed", str(_("種類は変えられません。")))])
    _fill(act, row, draft)
    row.next_at = act.at
    row.save()
    act.audit(what={"source_id": str(row.pk), "kind": row.kind})
    return LiveKept(row.pk)


@use_case("mobility.retire_live_source")
def retire_live_source(act: Act, *, source_id: UUID, why: str) -> LiveKept:
    """Ask a source no more; what it said is over. Locks: the source.

    :raises NotAllowed: :raises ReasonMissing: :raises NotFound: :raises LiveSourceRetired:
    """
    checked_reason(act, why)
    row = _locked(act, source_id)
    row.retired_at = act.at
    row.save(update_fields=["retired_at"])
    row.alerts.filter(ended_at=None).update(ended_at=act.at, changed_at=act.at)
    act.audit(what={"source_id": str(row.pk), "kind": row.kind}, why=why)
    return LiveKept(row.pk)


@use_case("mobility.pause_live_source")
def pause_live_source(act: Act, *, source_id: UUID, why: str) -> LiveKept:
    """Ask a source no more until it goes on; what it said counts no more. Locks: the source.

    :raises NotAllowed: :raises ReasonMissing: :raises NotFound: :raises LiveSourceRetired:
    """
    checked_reason(act, why)
    row = _locked(act, source_id)
    row.paused_at = row.paused_at or act.at
    row.save(update_fields=["paused_at"])
    act.audit(what={"source_id": str(row.pk), "kind": row.kind}, why=why)
    return LiveKept(row.pk)


@use_case("mobility.resume_live_source")
def resume_live_source(act: Act, *, source_id: UUID) -> LiveKept:
    """Ask a source that was paused again, at once. Locks: the source.

    :raises NotAllowed: :raises NotFound: :raises LiveSourceRetired:
    """
    row = _locked(act, source_id)
    row.paused_at, row.next_at = None, act.at
    row.save(update_fields=["paused_at", "next_at"])
    act.audit(what={"source_id": str(row.pk), "kind": row.kind})
    return LiveKept(row.pk)


def headers_of(row: LiveSource) -> dict[str, str]:
    """Return what goes with a request to a source."""
    if row.key_version is None or row.sealed_headers is None:
        return {}
    plain = unseal_for_city(row.key_version, bytes(row.sealed_headers), SEALED)
    return msgspec.json.decode(plain, type=dict[str, str])


def _locked(act: Act, source_id: UUID) -> LiveSource:
    if not act.principal.may(RIGHT):
        raise NotAllowed
    row = LiveSource.objects.select_for_update().filter(pk=source_id).first()
    if row is None:
        raise NotFound
    if row.retired_at is not None:
        raise LiveSourceRetired
    return row


def _fill(act: Act, row: LiveSource, draft: LiveDraft) -> None:
    if not act.principal.may(RIGHT):
        raise NotAllowed
    feed = FeedSource.objects.filter(slug=draft.feed, retired_at=None).first() if draft.feed else None
    faults = [fault for fault in _faults(draft, feed) if fault is not None]
    if faults:
        raise LiveSourceUnfit(errors=faults)
    row.name, row.url, row.feed, row.poll_seconds = draft.name.strip()[:100], draft.url, feed, draft.poll_seconds
    row.licence, row.attribution = draft.licence.strip()[:200], draft.attribution.strip()[:300]
    row.is_open, row.outcome = draft.is_open, LiveOutcome(row.outcome or LiveOutcome.NEVER)
    if draft.headers == {}:
        row.key_version, row.sealed_headers = None, None
    elif draft.headers is not None:
        row.key_version, row.sealed_headers = seal_for_city(msgspec.json.encode(draft.headers), SEALED)


def _faults(draft: LiveDraft, feed: FeedSource | None) -> list[FieldFault | None]:
    needs_feed = draft.kind != "gbfs"
    headers = draft.headers or {}
    are_headers = len(headers) <= MOST_HEADERS and all(_is_header(*each) for each in headers.items())
    return [
        _fault(bool(draft.name.strip()), "name", "required", _("入力してください。")),
        None if _is_twin(draft.url) else fault_of_address(draft.url),
        _fault((feed is not None) == needs_feed, "feed", "unknown", _("時刻表の提供元を選んでください。")),
        _fault(
            LEAST_POLL_S <= draft.poll_seconds <= MOST_POLL_S,
            "poll_seconds",
            "out_of_range",
            _("10から3600までの秒数にしてください。"),
        ),
        _fault(are_headers, "headers", "form", _("ヘッダーの形をご確認ください。")),
        _fault(
            not draft.is_open or bool(draft.licence.strip()),
            "licence",
            "required",
            _("配るには、ライセンスを入力してください。"),
        ),
    ]


def _fault(holds: bool, field: str, code: str, words: object) -> FieldFault | None:  # noqa: FBT001 - what must hold comes first
    return None if holds else FieldFault(field, code, str(words))


def _is_header(name: str, value: str) -> bool:
    is_name = bool(name) and len(name) <= 100 and all(sign.isalnum() or sign == "-" for sign in name) and name.isascii()
    return is_name and len(value) <= 2000 and value.isascii() and value.isprintable()


def _is_twin(url: str) -> bool:
    """Tell whether a demo city's twin stands at an address."""
    is_written = len(url) <= MOST_URL and url.isascii() and url.isprintable() and " " not in url
    return bool(settings.DEMO) and url.startswith("demo:") and is_written
