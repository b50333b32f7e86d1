"""Deciding by which channels a message goes, once: the decision and its deliveries stand together."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from uuid import UUID

from accounts.engine.channels import EMAIL, LIFE, LINE, PUSH, SMS, chosen, quiet_until
from accounts.gateways.line import line_gateway
from accounts.gateways.sms import sms_gateway
from accounts.models import Delivery, Dispatch, InboxMessage, MessageSettings, PushSubscription, User
from accounts.selectors.message_settings import mail_is_offered
from accounts.selectors.sign_ins import with_email, with_phone
from kernel import contributions
from kernel.access import Access, access
from kernel.contributions import Category
from kernel.ids import new_id
from kernel.principal import SYSTEM_ACTOR
from kernel.transaction import whole

MOST = 50
NOWHERE = Category(title="")


def route_some(*, priority: str, at: datetime, most: int = MOST) -> int:
    """Route up to ``most`` messages of a priority, oldest first, in one transaction; return how many.

    Several workers may: what one has locked the others pass by. Whoever dies leaves everything as it was.
    """
    with whole():
        waiting = Dispatch.objects.select_for_update(skip_locked=True).filter(priority=priority)
        rows = list(waiting.order_by("at", "message_id")[:most])
        if not rows:
            return 0
        with ExitStack() as frame:
            for resident_id in sorted({row.resident_id for row in rows}):
                frame.enter_context(_access(resident_id))
            known = Known(rows)
            deliveries = [delivery for row in rows for delivery in _route(row, known, at)]
            Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
        Dispatch.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _access(resident_id: UUID) -> AbstractContextManager[Access]:
    return access(purpose="accounts.deliver_message", actor=SYSTEM_ACTOR, subject=resident_id, classes=["messages"])


class Known:
    """What is known of the readers of a batch, in six queries; inside accesses to all of them."""

    def __init__(self, rows: list[Dispatch]) -> None:
        """Read it."""
        readers = [row.resident_id for row in rows]
        here = User.objects.filter(resident_id__in=readers, is_active=True, resident__closed_at=None)
        self.users = {user.resident_id: user for user in here}
        unread = InboxMessage.objects.filter(pk__in=[row.pk for row in rows], read_at=None)
        self.messages = {message.pk: message for message in unread}
        self.settings = {each.pk: each for each in MessageSettings.objects.filter(pk__in=readers)}
        self.browsers: dict[UUID, list[UUID]] = defaultdict(list)
        for browser in PushSubscription.objects.filter(resident_id__in=readers).order_by("id"):
            self.browsers[browser.resident_id].append(browser.pk)
        keys = [user.pk for user in self.users.values()]
        self.by_email = with_email(keys) if mail_is_offered() else frozenset()
        self.by_phone = with_phone(keys) if sms_gateway() is not None else frozenset()


def _route(row: Dispatch, known: Known, at: datetime) -> list[Delivery]:
    user, message = known.users.get(row.resident_id), known.messages.get(row.pk)
    if user is None or message is None:
        return []
    settings = known.settings.get(row.resident_id) or MessageSettings(resident_id=row.resident_id)
    due_at, channels = due(settings, priority=row.priority, at=at), wanted(settings, message.category, row.priority)
    return [
        Delivery(
            id=new_id(at), message_id=row.pk, resident_id=row.resident_id, channel=channel, address=address,
            priority=row.priority, due_at=due_at, broadcast_id=message.broadcast_id,
        )
        for channel, address in _addresses(user, known, settings)
        if channel in channels
    ]  # fmt: skip


def settings_of(resident_id: UUID) -> MessageSettings:
    """Return what a resident chose, the usual where they chose nothing; inside an access to them."""
    return MessageSettings.objects.filter(pk=resident_id).first() or MessageSettings(resident_id=resident_id)


def due(settings: MessageSettings, *, priority: str, at: datetime) -> datetime:
    """Return when a message may leave: now, or when quiet hours end; danger to life passes them."""
    if priority == LIFE:
        return at
    return quiet_until(at, quiet_from=settings.quiet_from, quiet_to=settings.quiet_to) or at


def wanted(settings: MessageSettings, category: str, priority: str) -> tuple[str, ...]:
    """Return the channels the resident wants a category by."""
    known = contributions.categories().get(category, NOWHERE)
    choice = settings.choices.get(category)
    return chosen(priority=priority, is_essential=known.is_essential, usual=known.channels, choice=choice)


def _addresses(user: User, known: Known, settings: MessageSettings) -> Iterator[tuple[str, UUID]]:
    """Yield each channel that reaches the person, and its address: a browser's id, or the resident's own key."""
    own: UUID = user.resident_id
    yield from ((PUSH, browser) for browser in known.browsers[own])
    if user.pk in known.by_email:
        yield EMAIL, own
    if user.pk in known.by_phone:
        yield SMS, own
    if settings.sealed_line is not None and line_gateway() is not None:
        yield LINE, own
