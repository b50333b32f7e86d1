"""The register of sources: whose timetables the city takes, from where, and under which licence."""

import re
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from accounts.errors import ReasonMissing
from kernel.ids import new_id
from kernel.problems import FieldFault, NotAllowed, NotFound, _
from kernel.use_case import Act, Key, use_case
from mobility.engine.feed_results import SourceDraft, SourceKept
from mobility.errors import FeedRetired, FeedSlugTaken, FeedSourceUnfit
from mobility.gateways.fetching import FetchRefused, place_to_call
from mobility.models import FeedSource
from mobility.models.feeds import SLUG

RIGHT = "mobility.feeds"
MOST_URL = 1000


@use_case("mobility.register_feed_source", key=Key.REQUIRED, status=201)
def register_feed_source(act: Act, *, draft: SourceDraft) -> SourceKept:
    """Take a source into the register; its slug marks everything of it for good.

    :raises NotAllowed: :raises FeedSourceUnfit: :raises FeedSlugTaken:
    """
    _check(act, draft)
    if FeedSource.objects.filter(slug=draft.slug).exists():
        raise FeedSlugTaken
    last = FeedSource.objects.aggregate(last=Max("position"))["last"] or 0
    row = FeedSource(id=new_id(act.at), slug=draft.slug, position=last + 1, made_at=act.at)
    _fill(row, draft)
    row.save(force_insert=True)
    act.audit(what={"source_id": str(row.pk), "slug": row.slug})
    return SourceKept(row.pk, row.slug)


@use_case("mobility.change_feed_source")
def change_feed_source(act: Act, *, draft: SourceDraft) -> SourceKept:
    """Describe a source anew; another address forgets what the old one said. Locks: the source.

    :raises NotAllowed: :raises NotFound: :raises FeedSourceUnfit: :raises FeedRetired:
    """
    _check(act, draft)
    row = lock_source(draft.slug)
    if row.url != draft.url:
        row.etag = row.modified = ""
    _fill(row, draft)
    row.save()
    act.audit(what={"source_id": str(row.pk), "slug": row.slug})
    return SourceKept(row.pk, row.slug)


@use_case("mobility.retire_feed_source")
def mark_source_retired(act: Act, *, source_id: UUID, why: str) -> SourceKept:
    """Fetch no more from a source. Locks: the source. :raises NotAllowed: :raises ReasonMissing: :raises NotFound:"""
    checked_reason(act, why)
    row = FeedSource.objects.select_for_update().filter(pk=source_id).first()
    if row is None:
        raise NotFound
    if row.retired_at is None:
        row.retired_at = act.at
        row.save(update_fields=["retired_at"])
    act.audit(what={"source_id": str(row.pk), "slug": row.slug}, why=why)
    return SourceKept(row.pk, row.slug)


def lock_source(slug: str) -> FeedSource:
    """Lock a source that still delivers; :raises NotFound: :raises FeedRetired:"""
    row = FeedSource.objects.select_for_update().filter(slug=slug).first()
    if row is None:
        raise NotFound
    if row.retired_at is not None:
        raise FeedRetired
    return row


def checked_reason(act: Act, why: str) -> None:
    """See that who acts may do so, and says why; :raises NotAllowed: :raises ReasonMissing:"""
    if not act.principal.may(RIGHT):
        raise NotAllowed
    if not why.strip():
        raise ReasonMissing(errors=[FieldFault("why", "required", str(ReasonMissing.title))])


def _check(act: Act, draft: SourceDraft) -> None:
    if not act.principal.may(RIGHT):
        raise NotAllowed
    faults = []
    if not re.fullmatch(SLUG, draft.slug):
        faults.append(
            FieldFault("slug", "form", str(_("英小文字で始まる、英小文字・数字・-・_の32文字までにしてください。")))
        )
    if not draft.name.strip():
        faults.append(FieldFault("name", "required", str(_("入力してください。"))))
    if draft.url and (fault := fault_of_address(draft.url)) is not None:
        faults.append(fault)
    if draft.is_open and not draft.licence.strip():
        faults.append(FieldFault("licence", "required", str(_("配るには、ライセンスを入力してください。"))))
    if not 1 <= draft.refresh_hours <= 720:
        faults.append(FieldFault("refresh_hours", "out_of_range", str(_("1から720までの時間にしてください。"))))
    if faults:
        raise FeedSourceUnfit(errors=faults)


def fault_of_address(url: str) -> FieldFault | None:
    """Say what is wrong with an address that is to be called; what its name stands for is looked at when it is."""
    try:
        place_to_call(url, allows_private=settings.FEEDS["from_private"])
    except FetchRefused as refused:
        is_private = refused.code == "private"
        told = (
            _("市の中のアドレスには取りに行けません。")
            if is_private
            else _("httpまたはhttpsのアドレスにしてください。")
        )
        return FieldFault("url", refused.code if is_private else "form", str(told))
    return FieldFault("url", "too_long", str(_("1000文字までにしてください。"))) if len(url) > MOST_URL else None


def _fill(row: FeedSource, draft: SourceDraft) -> None:
    row.name, row.name_en = draft.name.strip()[:100], draft.name_en.strip()[:100]
    row.url, row.licence = draft.url, draft.licence.strip()[:200]
    row.attribution, row.is_open, row.refresh_hours = (
        draft.attribution.strip()[:300],
        draft.is_open,
        draft.refresh_hours,
    )
