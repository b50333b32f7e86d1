"""Codes at work: found by hash, locked where they work once, used up."""

from datetime import datetime

from wallet.errors import CodeExpired, CodeUnknown, CodeUsed
from wallet.models import CodeKind, QrToken


def lock_code(code_hash: bytes, *kinds: CodeKind, at: datetime) -> QrToken:
    """Return the code, its shop beside it, and lock it where it works once: the first lock of a payment.

    :raises CodeUnknown: for none of these kinds; :raises CodeUsed: :raises CodeExpired: from the instant it ends, or taken back.
    """
    code = QrToken.objects.select_related("shop").filter(hash=code_hash).first()
    if code is None or code.kind not in kinds:
        raise CodeUnknown
    if code.kind == CodeKind.SHOP:
        return code
    code = QrToken.objects.select_for_update(of=("self",)).select_related("shop").get(pk=code.pk)
    if code.used_at is not None:
        raise CodeUsed
    if code.cancelled_at is not None or (code.expires_at is not None and code.expires_at <= at):
        raise CodeExpired
    return code


def use_up(code: QrToken, *, at: datetime) -> None:
    """Mark a code of one use, locked by :func:`lock_code`, as used."""
    if code.kind != CodeKind.SHOP:
        QrToken.objects.filter(pk=code.pk).update(used_at=at)
