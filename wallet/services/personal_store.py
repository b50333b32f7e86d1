"""What the wallet keeps about people, for who takes a copy home or goes."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language

from kernel.contributions import ClosingNotice, ExportPart
from kernel.principal import SYSTEM
from kernel.problems import _
from kernel.use_case import Act
from wallet.errors import NoWallet
from wallet.selectors.accounts import access_account_of
from wallet.selectors.balances import balance_of
from wallet.selectors.coin_payouts import has_payout_under_way
from wallet.selectors.takeout import parts_about
from wallet.services.closing import close_account
from wallet.services.merchants.applying import withdraw_of_leaver


class WalletStore:
    """Balance, history and receipts."""

    name = "wallet"

    def export(self, subject: UUID, *, at: datetime) -> Iterable[ExportPart]:
        """Return what is kept about the subject."""
        return parts_about(subject, at=at)

    def before_closing(self, subject: UUID, *, actor: UUID, reason: str, at: datetime) -> list[ClosingNotice]:
        """Say what is set aside, which must end first, and how many coins are lost."""
        account_id = access_account_of(subject, purpose="wallet.before_closing", actor=actor, reason=reason)
        if account_id is None:
            return []
        found, notices = balance_of(account_id, at=at), []
        if found.held:
            words = _("お店が%(amount)s円分を保留しています。お支払いが終わるか、1日たってからもう一度お試しください。")
            notices.append(ClosingNotice("wallet.held", words % {"amount": f"{found.held:,}"}, is_obstacle=True))
        if found.frozen != "no":
            words = _(
                "コインの利用を市が止めています。解除されるまで閉じられません。市役所のコインの窓口にご相談ください。"
            )
            notices.append(ClosingNotice("wallet.frozen", words, is_obstacle=True))
        if has_payout_under_way(account_id):
            words = _("コインの払戻しの手続きが進んでいます。終わるか、取り下げてから閉じてください。")
            notices.append(ClosingNotice("wallet.payout", words, is_obstacle=True))
        if found.available:
            words = _(
                "%(coin)sが%(amount)s円分残っています。閉じると失われます。市外への引っ越しなどのときは、閉じる前に払戻しを申し込めます。"
            )
            said = {"coin": _coin(), "amount": f"{found.available:,}"}
            notices.append(ClosingNotice("wallet.coins", words % said, amount=found.available))
        return notices

    def closed(self, subject: UUID, *, at: datetime) -> None:
        """Close the account and cut the link to it; take back what one has applied for."""
        withdraw_of_leaver(Act(SYSTEM, at=at), resident_id=subject)
        with suppress(NoWallet):
            close_account(Act(SYSTEM, at=at), resident_id=subject)


def _coin() -> str:
    is_japanese = (get_language() or "ja").startswith("ja")
    name: str = settings.COIN["name_ja" if is_japanese else "name_en"]
    return name
