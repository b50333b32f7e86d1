"""The words beside coins: written for two people, forgotten after a year or with either of them."""

import unicodedata
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from wallet.models import MoneyRequest, ReceiveCode, TransferNote

KEPT = timedelta(days=366)


def tidy(text: str) -> str:
    """Return the text on one line, without signs that cannot be seen or that turn the direction of writing."""
    signs = (" " if sign in "\n\r\t" else sign for sign in unicodedata.normalize("NFC", text))
    return "".join(
        sign for sign in signs if unicodedata.category(sign) not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
    ).strip()


def forget_words_of(account_id: UUID, *, at: datetime) -> None:
    """Forget what was written to or by the holder of an account that closes, and end its code. In the act's transaction."""
    about = Q(transfer__sender_id=account_id) | Q(transfer__recipient_id=account_id)
    TransferNote.objects.filter(about).delete()
    MoneyRequest.objects.filter(account_id=account_id).exclude(sealed=b"").update(sealed=b"")
    MoneyRequest.objects.filter(account_id=account_id, cancelled_at=None).update(cancelled_at=at)
    ReceiveCode.objects.filter(account_id=account_id).exclude(label=b"").update(label=b"")
    ReceiveCode.objects.filter(account_id=account_id, ended_at=None).update(ended_at=at)


def forget_old_words(*, at: datetime) -> int:
    """Forget the words of transfers and requests older than a year; return how many transfers lost theirs."""
    MoneyRequest.objects.filter(created_at__lt=at - KEPT).exclude(sealed=b"").update(sealed=b"")
    return TransferNote.objects.filter(at__lt=at - KEPT).delete()[0]
