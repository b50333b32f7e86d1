"""What a reader does with their messages."""

from functools import partial
from uuid import UUID

from django.utils.translation import get_language

from accounts.models import InboxMessage
from accounts.selectors.messages import MessageView, Unread, read_inbox
from accounts.services.notices.telling import inboxes_changed, message_added
from kernel.access import access
from kernel.problems import NotFound
from kernel.use_case import Act, use_case


@use_case("accounts.read_message")
def mark_read(act: Act, *, message_id: UUID) -> MessageView:
    """Mark one of one's own messages as read, once and for all; :raises NotFound: for anybody else's."""
    resident_id = act.principal.actor
    with access(purpose="accounts.my_messages", actor=resident_id, subject=resident_id, classes=["messages"]):
        own = InboxMessage.objects.filter(resident_id=resident_id, pk=message_id)
        changed = own.filter(read_at=None).update(read_at=act.at)
        if not changed and not own.exists():
            raise NotFound
    act.audit(what={"message": str(message_id)})
    if changed:
        act.after_commit(partial(message_added, message_id, [resident_id]))
    return read_inbox(resident_id, get_language() or act.principal.language, lambda inbox: inbox.one(message_id))


@use_case("accounts.read_all_messages")
def mark_all_read(act: Act) -> Unread:
    """Mark all of one's own messages as read that have come by now."""
    resident_id = act.principal.actor
    with access(purpose="accounts.my_messages", actor=resident_id, subject=resident_id, classes=["messages"]):
        own = InboxMessage.objects.filter(resident_id=resident_id, read_at=None, at__lte=act.at)
        changed = own.update(read_at=act.at)
    act.audit(what={"read": changed})
    if changed:
        act.after_commit(partial(inboxes_changed, [resident_id]))
    return read_inbox(resident_id, get_language() or act.principal.language, lambda inbox: inbox.unread())
