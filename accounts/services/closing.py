"""Closing an account: at once, for good, and so that no backup brings the person back."""

from contextlib import suppress
from functools import partial
from uuid import UUID

import msgspec
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts import events
from accounts.errors import ClosingChanged, ClosingObstructed, ResidentClosed
from accounts.gateways import erasures
from accounts.gateways.workers import leave
from accounts.models import ErasureMark, Resident, User
from accounts.selectors.closing import access_notices_for
from accounts.selectors.contacts import email_of, phone_of
from accounts.services.erasing import erase
from accounts.services.reasons import reason_given
from kernel.contributions import personal_stores
from kernel.problems import NotFound
from kernel.use_case import Act, Key, use_case

FAREWELL = gettext_noop(
    "まちのアカウントを閉じ、お名前や連絡先を消去しました。ご利用ありがとうございました。心当たりがないときは、すぐに市役所にお知らせください。"
)


class Closed(msgspec.Struct, frozen=True):
    """Whose account is closed."""

    resident_id: UUID


@use_case("accounts.close_my_account", key=Key.REQUIRED)
def close_my_account(act: Act, *, gives_up: dict[str, int]) -> Closed:
    """Close one's own account, at once and for good; ``gives_up`` names what is lost, as :func:`closing_for` told it.

    Key and sign-ins are destroyed in this transaction; every app lets go of the rest once it hears of it.

    :raises ClosingObstructed: where something must be done first; :raises ClosingChanged: where something else is lost;
    :raises ResidentClosed: where it is closed already.
    """
    _require_known(act, act.principal.actor, gives_up)
    return _close(act, act.principal.actor)


@use_case("accounts.close_account_at_counter", key=Key.REQUIRED)
def close_account_at_counter(act: Act, *, resident_id: UUID, gives_up: dict[str, int], why: str) -> Closed:
    """Close somebody's account for them, whom an officer has before them, or whose heirs; the reason stands in the audit log.

    :raises ReasonMissing: without one; otherwise as :func:`close_my_account`.
    """
    reason_given(why)
    _require_known(act, resident_id, gives_up, why)
    return _close(act, resident_id, why)


@use_case("accounts.close_again")
def close_again(act: Act, *, resident_id: UUID) -> Closed:
    """Close an account that stands on the erasure list and is open in this database: a backup was restored, or a closing broke off
    after its line was written. The person has decided long ago, so nobody is asked.
    """
    _lock(resident_id)
    return _close(act, resident_id, "erasure list", is_listed=True)


def follow_erasures(act: Act) -> int:
    """Close again whoever stands on the erasure list and is open here; return how many. Late or twice does no harm."""
    listed = erasures.fingerprints()
    open_ones = Resident.objects.filter(closed_at=None).values_list("id", flat=True)
    wanted = frozenset(listed)
    returned = [resident_id for resident_id in open_ones.iterator() if erasures.fingerprint(resident_id) in wanted]
    for resident_id in returned:
        with suppress(ResidentClosed):  # whose closing was under way
            close_again(Act(act.principal, at=act.at), resident_id=resident_id)
    ErasureMark.objects.get_or_create(pk=1)
    ErasureMark.objects.filter(lines__lt=len(listed)).update(lines=len(listed))
    return len(returned)


def accept_erasures(act: Act) -> int:
    """Take the erasure list as it is although lines are missing, and write down anew whoever is closed here; return how many."""
    missing = set(erasures.fingerprints())
    closed = Resident.objects.filter(closed_at__isnull=False).order_by("id").values_list("id", flat=True)
    added = [resident_id for resident_id in closed.iterator() if erasures.fingerprint(resident_id) not in missing]
    for resident_id in added:
        erasures.append(resident_id, at=act.at)
    ErasureMark.objects.update_or_create(pk=1, defaults={"lines": len(erasures.fingerprints())})
    return len(added)


def let_go(act: Act, *, resident_id: UUID) -> None:
    """Let every app let go of somebody whose account is closed. Done again, this function will change nothing more.

    One app that cannot yet holds up no other. :raises ExceptionGroup: with what the apps raised.
    """
    faults: list[Exception] = []
    for store in personal_stores():
        try:
            store.closed(resident_id, at=act.at)
        except Exception as fault:  # noqa: BLE001 - told below, after the others
            faults.append(fault)
    if faults:
        raise ExceptionGroup("not every app has let go yet", faults)


def _require_known(act: Act, resident_id: UUID, gives_up: dict[str, int], why: str = "") -> None:
    """Ask all apps, under the lock, what stands in the way and what is lost."""
    _lock(resident_id)
    notices = access_notices_for(resident_id, actor=act.principal.actor, reason=why, at=act.at)
    obstacles = [{"code": each.code, "words": str(each.words)} for each in notices if each.is_obstacle]
    if obstacles:
        raise ClosingObstructed(obstacles=obstacles)
    lost = {each.code: each.amount for each in notices if each.amount}
    if gives_up != lost:
        raise ClosingChanged(gives_up=lost)


def _lock(resident_id: UUID) -> None:
    User.objects.select_for_update().filter(resident_id=resident_id).first()
    resident = Resident.objects.select_for_update().filter(pk=resident_id).first()
    if resident is None:
        raise NotFound
    if resident.closed_at is not None:
        raise ResidentClosed


def _close(act: Act, resident_id: UUID, why: str = "", *, is_listed: bool = False) -> Closed:
    """Erase the person; the line on the erasure list comes last before the commit."""
    if not is_listed:
        _say_farewell(act, resident_id)
    erase(act, resident_id, purpose="accounts.close_account", reason=why)
    act.emit(events.ResidentClosed(resident_id=resident_id))
    act.audit(subject=resident_id, what={"resident_id": str(resident_id)}, why=why)
    if not is_listed:
        _put_on_list(act, resident_id)
    return Closed(resident_id=resident_id)


def _say_farewell(act: Act, resident_id: UUID) -> None:
    """Write once more, to the address that is about to be forgotten: it may not have been the person who closed."""
    user = User.objects.get(resident_id=resident_id)
    email, phone = email_of(user.pk), phone_of(user.pk)
    with translation.override(user.language):
        if email is not None:
            letter = {"to": email, "subject": _("アカウントを閉じました"), "body": _(FAREWELL), "code": ""}
            act.after_commit(partial(leave, "accounts.tasks.send_mail", **letter))
        elif phone is not None and phone[1]:
            act.after_commit(partial(leave, "accounts.tasks.send_sms", to=phone[0], text=_(FAREWELL), code=""))


def _put_on_list(act: Act, resident_id: UUID) -> None:
    """Write the line. From here on the account is closed, also if this transaction should come to nothing: the list is followed
    again before the city says that it is ready, and finishes what broke off.
    """
    ErasureMark.objects.get_or_create(pk=1)
    mark = ErasureMark.objects.select_for_update().get()
    lines = erasures.append(resident_id, at=act.at)
    if mark.lines == lines - 1:
        ErasureMark.objects.filter(pk=1).update(lines=lines)
