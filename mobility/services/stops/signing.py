"""Signs that show the board of a stop: an officer says which, and the sign is heard whenever it asks."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import Q

from accounts.selectors import sign_standing
from kernel.problems import FieldFault, NotAllowed, NotFound, _
from kernel.use_case import Act, use_case
from mobility.errors import SignUnfit
from mobility.models import StopSign
from mobility.selectors.stops.keeping import group_named
from mobility.selectors.stops.signs import LANGUAGES
from mobility.services.feeds import current_network

RIGHT = "mobility.signs"
HEARD_EVERY = timedelta(minutes=1)
LOOKS = frozenset({"", "dark", "light"})


class SignDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What a sign is to show: a stop, the languages that take turns (all where none is named), and a look."""

    stop_id: str
    languages: list[str] = []
    look: str = ""


@use_case("mobility.set_sign")
def set_sign(act: Act, *, device_id: UUID, draft: SignDraft) -> None:
    """Let a sign show the board of a stop from now on.

    :raises NotAllowed: :raises NotFound: where no such sign stands; :raises StopUnknown: :raises SignUnfit: :raises NoTimetable:
    """
    _checked(act, device_id)
    strange = set(draft.languages) - set(LANGUAGES) or {draft.look} - LOOKS
    if strange:
        raise SignUnfit(errors=[FieldFault("languages", "unknown", str(_("ことばと画面の色をご確認ください。")))])
    group_named(current_network(at=act.at), draft.stop_id)
    told = {"stop_id": draft.stop_id, "languages": draft.languages, "look": draft.look}
    row, _is_new = StopSign.objects.update_or_create(
        device=device_id, defaults=told | {"set_by": act.principal.actor, "set_at": act.at}
    )
    act.audit(what={"device": str(row.device), "stop": row.stop_id})


@use_case("mobility.clear_sign")
def clear_sign(act: Act, *, device_id: UUID) -> None:
    """Let a sign show what everybody was told again; :raises NotAllowed: :raises NotFound: where it shows no stop."""
    _checked(act, device_id)
    row = StopSign.objects.select_for_update().filter(pk=device_id).first()
    if row is None:
        raise NotFound
    row.delete()
    act.audit(what={"device": str(device_id), "stop": row.stop_id})


def note_heard(device_id: UUID, *, at: datetime) -> None:
    """Note that a sign asked for its board, once a minute at the most."""
    rows = StopSign.objects.filter(pk=device_id)
    rows.filter(Q(heard_at=None) | Q(heard_at__lt=at - HEARD_EVERY)).update(heard_at=at)


def _checked(act: Act, device_id: UUID) -> None:
    if not act.principal.may(RIGHT):
        raise NotAllowed
    if sign_standing(device_id) is None:
        raise NotFound
