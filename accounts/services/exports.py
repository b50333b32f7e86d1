"""A copy of everything that is kept about a person: asked for, made by a worker, taken home once, gone after a day."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID

import msgspec
import structlog
from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from accounts.engine.archive import File, Index
from accounts.engine.wording import Value
from accounts.errors import ExportNotReady, ExportUnderWay, TooManyExports
from accounts.gateways.workers import leave
from accounts.models import UNDER_WAY, Export, ExportState, Resident
from accounts.selectors.exports import (
    KEY_PLACE,
    LEASE,
    ExportView,
    access_export_for,
    access_export_key,
    export_view,
    left_undone,
    over,
)
from accounts.services.archives import Stamp, zipped
from accounts.services.notices import notify
from kernel import files
from kernel.access import access
from kernel.clock import JST
from kernel.contributions import personal_stores
from kernel.ids import new_id
from kernel.realtime import touch
from kernel.use_case import Act, Key, use_case

AREA = "accounts.exports"
TASK = "accounts.tasks.make_export"
MOST_A_DAY, DAY = 3, timedelta(days=1)
MOST_ATTEMPTS = 3

_log = structlog.get_logger(__name__)


class OpenedExport(msgspec.Struct, frozen=True):
    """A copy on its way home: what its person calls it, the file, its key, and how many bytes it holds."""

    name: str
    file: str
    key: bytes
    size: int


class DownloadAddress(msgspec.Struct, frozen=True):
    """Where the copy is fetched: once, within two minutes, by the same person."""

    address: str


def topic_of(resident_id: UUID) -> str:
    """Return the topic on which a person hears of their copies."""
    return f"accounts.exports:{resident_id}"


@use_case("accounts.request_export", key=Key.REQUIRED, status=202)
def request_export(act: Act) -> ExportView:
    """Ask for a copy of everything that is kept about oneself; a worker makes it.

    :raises ExportUnderWay: while one is being made; :raises TooManyExports: after three within a day.
    """
    me = act.principal.actor
    Resident.objects.select_for_update().get(pk=me)
    mine = Export.objects.filter(resident_id=me)
    if mine.filter(state__in=UNDER_WAY).exists():
        raise ExportUnderWay
    lately = mine.filter(requested_at__gt=act.at - DAY).order_by("-requested_at")[MOST_A_DAY - 1 : MOST_A_DAY].first()
    if lately is not None:
        raise TooManyExports(retry_after=int((lately.requested_at + DAY - act.at).total_seconds()) + 1)
    row = Export.objects.create(
        id=new_id(act.at),
        resident_id=me,
        language=act.principal.language,
        requested_at=act.at,
        total=len(personal_stores()) + 1,
    )
    act.after_commit(partial(leave, TASK, queue="bulk", export_id=row.pk))
    act.after_commit(partial(_tell, row))
    _notify(act, row, "accounts.export_asked")
    act.audit(what={"export_id": str(row.pk)})
    return export_view(row)


@use_case("accounts.sign_export_address")
def sign_export_address(act: Act, *, export_id: UUID) -> DownloadAddress:
    """Give the address at which a copy is fetched. :raises NotFound: for another's; :raises ExportNotReady: before and after."""
    me = act.principal.actor
    row = access_export_for(me, export_id)
    if row.state != ExportState.READY or row.expires_at is None or row.expires_at <= act.at:
        raise ExportNotReady
    act.audit(what={"export_id": str(export_id)})
    token = files.sign(f"{AREA}/{export_id}", me, at=act.at)
    return DownloadAddress(address=f"/api/v1/accounts/exports/file/{token}")


@use_case("accounts.fetch_export")
def fetch_export(act: Act, *, token: str) -> OpenedExport:
    """Open a copy by the address it was promised at, which is worthless afterwards.

    :raises DownloadSpent: for an address that was used, is too old or another person's; :raises ExportNotReady: where it is gone.
    """
    me = act.principal.actor
    row = access_export_for(me, UUID(files.redeem(token, me, at=act.at).rpartition("/")[2]))
    if row.state != ExportState.READY:
        raise ExportNotReady
    act.audit(what={"export_id": str(row.pk)})
    name = f"machi-{row.requested_at.astimezone(JST):%Y%m%d}.zip"
    return OpenedExport(name, row.file, access_export_key(row), row.size)


def make_export(act: Act, *, export_id: UUID) -> None:
    """Make a copy. This function will do nothing where another worker is at it, or where it is made or no longer wanted.

    Whoever is killed in the middle loses the lease, and the copy is begun anew: nothing half-made is ever shown.
    """
    free = Q(leased_until=None) | Q(leased_until__lt=act.at)
    claimed = Export.objects.filter(free, pk=export_id, state__in=UNDER_WAY).update(
        state=ExportState.MAKING, leased_until=act.at + LEASE, attempts=F("attempts") + 1, done=0
    )
    if not claimed:
        return
    row = Export.objects.get(pk=export_id)
    try:
        _keep(row, act)
    except Exception as fault:  # noqa: BLE001 - whatever an app stumbles over, its person sees how it stands, and it is tried again
        _give_up(act, export_id=export_id)
        _tell(row)
        _log.exception("export_failed", export_id=str(export_id), fault=type(fault).__name__)


def begin_again(act: Act) -> None:
    """Leave to the workers what was left undone."""
    for export_id in left_undone(at=act.at):
        leave(TASK, queue="bulk", export_id=export_id)


def forget_old_exports(act: Act) -> None:
    """Delete the files of copies whose day is over."""
    _forget(Export.objects.filter(pk__in=over(at=act.at)))


def forget_exports(act: Act, *, resident_id: UUID) -> None:
    """Delete all copies of somebody, also one that is being made. Done again, this function will find nothing."""
    _forget(Export.objects.filter(resident_id=resident_id).exclude(state=ExportState.GONE))


def _forget(rows: QuerySet[Export]) -> None:
    for row in rows.order_by("id"):
        if row.file:
            files.forget(row.file)
        Export.objects.filter(pk=row.pk).update(state=ExportState.GONE, file="", sealed_key=b"", leased_until=None)
        _tell(row)


def _gathered(row: Export, act: Act) -> Iterator[File]:
    """Ask each app, and say after each how far the copy is."""
    for step, store in enumerate(personal_stores(), start=1):
        for part in store.export(row.resident_id, at=act.at):
            yield File(part.path, str(part.title), part.content)
        Export.objects.filter(pk=row.pk, state=ExportState.MAKING).update(done=step)
        _tell(row)


def _read_first(index: Index) -> str:
    said = {"index": index, "language": translation.get_language(), "site": settings.PUBLIC_URL}
    return render_to_string("accounts/export.html", said)


def _keep(row: Export, act: Act) -> None:
    """Seal the ZIP, in the person's language, and forget it again where they do not want it any more."""
    stamp: Stamp = act.at.astimezone(JST).timetuple()[:6]
    with translation.override(row.language):
        archive = zipped(_gathered(row, act), made_at=act.at, stamp=stamp, readme=_read_first)
        kept = files.keep(AREA, archive)
    try:
        is_wanted = _finish(act, export_id=row.pk, file=kept.name, key=kept.key.hex(), size=kept.size)
    except BaseException:
        files.forget(kept.name)
        raise
    if not is_wanted:
        files.forget(kept.name)
    _tell(row)


@use_case("accounts.finish_export")
def _finish(act: Act, *, export_id: UUID, file: str, key: str, size: int) -> bool:
    """Hand the copy over; its key is sealed with the person's own, so that it dies with theirs. Tell whether it was wanted."""
    row = Export.objects.select_for_update().get(pk=export_id)
    if row.state != ExportState.MAKING:
        return False
    me = row.resident_id
    with access(purpose="accounts.my_export", actor=me, subject=me, classes=["profile"]) as opened:
        row.sealed_key = opened.seal(key, KEY_PLACE)
    row.state, row.file, row.size, row.done = ExportState.READY, file, size, row.total
    row.ready_at, row.expires_at, row.leased_until = act.at, act.at + DAY, None
    row.save()
    _notify(act, row, "accounts.export_ready", until=row.expires_at)
    act.audit(subject=me, what={"export_id": str(export_id)})
    return True


@use_case("accounts.give_up_export")
def _give_up(act: Act, *, export_id: UUID) -> None:
    """Leave a copy that went wrong to another try, or tell the person after the last that there is none."""
    row = Export.objects.select_for_update().get(pk=export_id)
    if row.state != ExportState.MAKING:
        return
    is_over = row.attempts >= MOST_ATTEMPTS
    row.state, row.leased_until = ExportState.FAILED if is_over else ExportState.WAITING, act.at
    row.save(update_fields=["state", "leased_until"])
    if is_over:
        _notify(act, row, "accounts.export_failed")
    act.audit(subject=row.resident_id, what={"export_id": str(export_id), "is_over": is_over})


def _notify(act: Act, row: Export, message: str, **values: Value) -> None:
    notify(act, to=row.resident_id, message=message, values=values, dedupe=str(row.pk))


def _tell(row: Export) -> None:
    touch({topic_of(row.resident_id): str(row.pk)})
