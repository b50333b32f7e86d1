"""What the accounts floor keeps about people, for who takes a copy home or goes."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from accounts.selectors.roles import is_last_administrator, roles_held
from accounts.selectors.takeout import parts_about
from accounts.services.exports import forget_exports
from kernel.access import record
from kernel.contributions import ClosingNotice, ExportPart
from kernel.principal import SYSTEM
from kernel.problems import _
from kernel.use_case import Act


class AccountsStore:
    """Who the person is and how they sign in, their family, consents and messages, who looked, and the copies made for them."""

    name = "accounts"

    def export(self, subject: UUID, *, at: datetime) -> Iterable[ExportPart]:
        """Return what is kept about the subject; a head is signed where none covers the access log as it stands."""
        return parts_about(subject, head=record.newest_head(at=at), at=at)

    def before_closing(self, subject: UUID, *, actor: UUID, reason: str, at: datetime) -> list[ClosingNotice]:
        """Say which roles end, and that a city needs an administrator."""
        if is_last_administrator(subject):
            words = _("あなたは最後の管理者です。先にほかの方を管理者にしてください。")
            return [ClosingNotice("accounts.last_administrator", words, is_obstacle=True)]
        if roles_held(subject):
            return [
                ClosingNotice("accounts.roles_end", _("お店や市役所での役割が終わり、レジなどを使えなくなります。"))
            ]
        return []

    def closed(self, subject: UUID, *, at: datetime) -> None:
        """Delete the copies that wait to be taken home."""
        forget_exports(Act(SYSTEM, at=at), resident_id=subject)
