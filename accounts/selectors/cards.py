"""The cards of this floor: messages not read, and a passkey to be made."""

from datetime import datetime

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.engine.channels import LIFE
from accounts.models import User
from accounts.selectors.messages import Inbox, MessageView, read_inbox
from accounts.selectors.sign_ins import passkey_count
from kernel.contributions import Card, Place
from kernel.principal import Principal


class OwnCards:
    """A :class:`kernel.contributions.CardProvider`."""

    kinds = {  # noqa: RUF012 - a table
        "accounts.messages": gettext_lazy("読んでいないお知らせ"),
        "accounts.passkey": gettext_lazy("パスキーの登録のすすめ"),
    }

    def cards(self, principal: Principal, *, at: datetime, place: Place | None) -> list[Card]:
        """Return what waits to be read, and the passkey where there is none."""
        return [card for card in (_unread(principal), _passkey(principal)) if card is not None]


def _unread(principal: Principal) -> Card | None:
    """The newest unread message, danger to life before all others; how many more wait."""

    def reading(inbox: Inbox) -> tuple[MessageView | None, int]:
        unread = inbox.rows.filter(read_at=None)
        row = unread.filter(priority=LIFE).order_by("-at", "-id").first() or unread.order_by("-at", "-id").first()
        return (inbox.view(row), inbox.unread().unread) if row is not None else (None, 0)

    newest, count = read_inbox(principal.actor, get_language() or principal.language, reading)
    if newest is None:
        return None
    return Card(
        key="accounts.messages", kind="accounts.messages", title=newest.title,
        detail=_("読んでいないお知らせ: %(count)d件") % {"count": count},
        link=f"/messages/{newest.id}" if count == 1 or newest.priority == LIFE else "/messages",
        weight=100 if newest.priority == LIFE else 60,
    )  # fmt: skip


def _passkey(principal: Principal) -> Card | None:
    user = User.objects.filter(resident_id=principal.actor).first()
    if user is None or passkey_count(user.pk):
        return None
    return Card(
        key="accounts.passkey", kind="accounts.passkey", title=_("パスキーを登録しましょう"),
        detail=_("次からは、指や顔でサインインできます。"), link="/me/passkeys", weight=20,
    )  # fmt: skip
