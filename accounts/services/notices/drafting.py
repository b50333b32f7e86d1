"""What an officer does with a message to many: write, change, try out, send, stop."""

from uuid import UUID

import msgspec
from django.conf import settings

from accounts.engine.channels import LIFE, NORMAL
from accounts.errors import BroadcastNotOpen, BroadcastWithoutText, CategoryUnknown, NotConfirmed
from accounts.models import Broadcast
from accounts.selectors.audiences import audience, count_in, myself
from kernel import contributions
from kernel.ids import new_id
from kernel.principal import Principal
from kernel.problems import NotAllowed, NotFound, _
from kernel.use_case import Act, Key, use_case

RIGHT, RIGHT_LIFE = "accounts.broadcast", "accounts.broadcast_life"
MOST_TITLE, MOST_BODY = 80, 2_000
TRIAL = _("【ためし】%(title)s")
State = Broadcast.State
Texts = dict[str, dict[str, str]]


class Drafted(msgspec.Struct, frozen=True):
    """The message to many that was written."""

    id: UUID


@use_case("accounts.draft_broadcast", key=Key.REQUIRED, status=201)
def draft_broadcast(
    act: Act, *, texts: Texts, category: str, priority: str, audience_kind: str, audience_value: str
) -> Drafted:
    """Write a message to many; nobody gets it yet.

    :raises NotAllowed: without the right, that for danger to life included; :raises BroadcastWithoutText: without Japanese;
    :raises CategoryUnknown: :raises AudienceUnknown: for what does not exist.
    """
    require_right(act.principal, priority)
    known = contributions.categories().get(category)
    if known is None or known.is_essential:
        raise CategoryUnknown(category=category)
    row = Broadcast.objects.create(
        id=new_id(act.at), texts=_checked(texts), category=category, priority=LIFE if priority == LIFE else NORMAL,
        audience=audience(audience_kind, audience_value), created_by=act.principal.actor, created_at=act.at,
    )  # fmt: skip
    act.audit(what={"broadcast": str(row.pk), "priority": row.priority, "audience": row.audience["kind"]})
    return Drafted(id=row.pk)


@use_case("accounts.try_broadcast")
def try_broadcast(act: Act, *, broadcast_id: UUID) -> None:
    """Send a message to many to oneself alone, marked as a trial; never as danger to life.

    :raises NotFound: where there is none; :raises BroadcastNotOpen: where it has been sent.
    """
    row = _draft(act, broadcast_id)
    texts = {language: text | {"title": str(TRIAL % {"title": text["title"]})} for language, text in row.texts.items()}
    Broadcast.objects.create(
        id=new_id(act.at), texts=texts, category=row.category, priority=NORMAL, audience=myself(act.principal.actor),
        created_by=act.principal.actor, created_at=act.at, state=State.RUNNING, started_at=act.at, expected=1,
    )  # fmt: skip
    act.audit(what={"broadcast": str(broadcast_id)})


@use_case("accounts.start_broadcast")
def start_broadcast(act: Act, *, broadcast_id: UUID, confirmed: int | None = None) -> None:
    """Send a message to many. One about danger to life is confirmed by the number of people whom it will reach.

    :raises NotFound: where there is none; :raises BroadcastNotOpen: where it has been sent; :raises NotConfirmed: for another
    number; :raises NotAllowed: without the right.
    """
    row = _draft(act, broadcast_id)
    expected = count_in(row.audience, at=act.at)
    if row.priority == LIFE and confirmed != expected:
        raise NotConfirmed(expected=expected)
    row.state, row.started_at, row.expected = State.RUNNING, act.at, expected
    row.save(update_fields=["state", "started_at", "expected"])
    act.audit(what={"broadcast": str(broadcast_id), "priority": row.priority, "expected": expected})


@use_case("accounts.stop_broadcast")
def stop_broadcast(act: Act, *, broadcast_id: UUID) -> None:
    """Stop handing a message out; who has it keeps it. :raises BroadcastNotOpen: where it is not under way."""
    row = _locked(broadcast_id)
    require_right(act.principal, row.priority)
    if row.state != State.RUNNING:
        raise BroadcastNotOpen
    row.state, row.ended_at = State.STOPPED, act.at
    row.save(update_fields=["state", "ended_at"])
    act.audit(what={"broadcast": str(broadcast_id)})


def require_right(principal: Principal, priority: str) -> None:
    """Pass who may send a message of this priority to many; :raises NotAllowed: for others."""
    if not principal.may(RIGHT) or (priority == LIFE and not principal.may(RIGHT_LIFE)):
        raise NotAllowed


def _draft(act: Act, broadcast_id: UUID) -> Broadcast:
    row = _locked(broadcast_id)
    require_right(act.principal, row.priority)
    if row.state != State.DRAFT:
        raise BroadcastNotOpen
    return row


def _locked(broadcast_id: UUID) -> Broadcast:
    row = Broadcast.objects.select_for_update().filter(pk=broadcast_id, name="").first()
    if row is None:
        raise NotFound
    return row


def _checked(texts: Texts) -> Texts:
    """Return the languages that were written in; :raises BroadcastWithoutText: for half of one, or without Japanese."""
    kept: Texts = {}
    for language, text in texts.items():
        title, body = (" ".join(text.get("title", "").split()), text.get("body", "").strip())
        if not title and not body:
            continue
        if not title or not body or len(title) > MOST_TITLE or len(body) > MOST_BODY or "\0" in title + body:
            raise BroadcastWithoutText
        if language in dict(settings.LANGUAGES):
            kept[language] = {"title": title, "body": body}
    if "ja" not in kept:
        raise BroadcastWithoutText
    return kept
