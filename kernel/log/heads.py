"""Signed heads of the trees: how many leaves, which root, when. What is signed can never be taken back unnoticed.

Each day has one, signed just after midnight in Japan; between them one is signed when somebody wants a newer leaf proved. Before
the city signs, the tree must begin with the tree that it signed before: a head that does not is never signed.
"""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from django.db import connection, transaction
from django.db.models import QuerySet

from kernel import clock, signing
from kernel.log import growth, head_files, sealing, tree
from kernel.log.growth import LogInDoubt
from kernel.models import TreeHead
from kernel.problems import DomainError, _

TYP = "machi-log-head"
ON_DEMAND_EVERY = timedelta(seconds=10)


class Head(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is signed."""

    log: str
    size: int
    root: str
    at: datetime
    day: date | None = None


class ProofNotReady(DomainError):
    """The row is too new: it has no place in the tree yet, or a head was signed a moment ago."""

    code = "proof_not_ready"
    status = 409
    is_kept = False
    title = _("新しい記録なので、まだ確かめられません。少し待ってから、もう一度お試しください。")


def read_head(jws: str, *, among: list[dict[str, Any]] | None = None) -> Head:
    """Return what a signed head says; :raises SignatureInvalid: where the city did not sign it (by one of the keys ``among``)."""
    try:
        return msgspec.json.decode(signing.verify("log", jws, typ=TYP, among=among), type=Head)
    except msgspec.DecodeError:
        raise signing.SignatureInvalid from None


def sign_days(log: str, *, at: datetime) -> list[Head]:
    """Sign the heads of today and of the days that were missed; none where today has one. Seals and grows first.

    :raises LogInDoubt: where the tree is not what was signed before.
    """
    last = TreeHead.objects.filter(log=log, day__isnull=False).order_by("-day").first()
    today = clock.jst_date(at)
    if last is not None and last.day is not None and last.day >= today:
        return []
    while sealing.seal(log) == sealing.BATCH:
        pass
    growth.grow_fully(log)
    missed = (today - last.day).days - 1 if last is not None and last.day is not None else 0
    return [_sign(log, at=at, day=today - timedelta(days=back)) for back in range(missed, -1, -1)]


def covering(log: str, size: int, *, at: datetime) -> TreeHead:
    """Return the newest signed head, which has at least ``size`` leaves; sign one where none has.

    :raises ProofNotReady: where the tree is smaller, or one was signed within ten seconds; :raises LogInDoubt: as above.
    """
    found = newest(log)
    if found is not None and found.size >= size:
        return found
    if (found is not None and at - found.at < ON_DEMAND_EVERY) or growth.size(log) < size:
        raise ProofNotReady(retry_after=int(ON_DEMAND_EVERY.total_seconds()))
    _sign(log, at=at)
    return TreeHead.objects.filter(log=log).order_by("-at", "-id")[0]


def newest(log: str) -> TreeHead | None:
    """Return the newest signed head."""
    return TreeHead.objects.filter(log=log).order_by("-at", "-id").first()


def signed_heads(log: str) -> QuerySet[TreeHead]:
    """Return a log's heads, to be cut into pages."""
    return TreeHead.objects.filter(log=log)


def head_of_day(log: str, day: date) -> TreeHead | None:
    """Return the head that was signed for a day."""
    return TreeHead.objects.filter(log=log, day=day).first()


def still_holds(head: TreeHead) -> bool:
    """Tell whether the log begins with what this head says, and the city signed it."""
    try:
        _require_extends(head.log, _read_or_doubt(head.jws))
    except LogInDoubt:
        return False
    return True


def doubt(log: str) -> str | None:
    """Return what is wrong with the tree against the heads signed last, in database and files; None where all is well."""
    try:
        for signed in _signed_last(log):
            _require_extends(log, signed)
    except LogInDoubt as found:
        return f"{log}: {found.members['reason']} Run manage.py verify_consent_log."
    return None


def _sign(log: str, *, at: datetime, day: date | None = None) -> Head:
    signing.key_in_use("log")  # made outside the transaction, so that no signature outlives its key
    with transaction.atomic():
        _alone(log)
        standing = TreeHead.objects.filter(log=log, day=day).first() if day is not None else None
        if standing is not None:
            return read_head(standing.jws)
        size = growth.size(log)
        for signed in _signed_last(log):
            _require_extends(log, signed)
        jws = _in_file(log, day) if day is not None else None
        if jws is None:
            head = Head(log, size, growth.root(log, size).hex(), at, day)
            jws = signing.sign("log", msgspec.json.encode(head), typ=TYP)
            head_files.append(day or clock.jst_date(at), jws)
        head = read_head(jws)
        TreeHead.objects.create(log=log, size=head.size, root=head.root, at=head.at, day=head.day, jws=jws)
    return head


def _alone(log: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('kernel_head/' || %s, 7))", [log])


def _in_file(log: str, day: date) -> str | None:
    """Return the day's head that was written down before its row could be committed."""
    for jws in head_files.lines(day):
        head = _read_or_doubt(jws)
        if (head.log, head.day) == (log, day):
            return jws
    return None


def _signed_last(log: str) -> list[Head]:
    """Return the newest heads of database and files; they are one and the same where nobody meddled."""
    row = newest(log)
    heads = [_read_or_doubt(row.jws)] if row is not None else []
    for jws in head_files.newest_lines():
        head = _read_or_doubt(jws)
        if head.log == log:
            return heads if head in heads else [*heads, head]
    return heads


def _read_or_doubt(jws: str) -> Head:
    try:
        return read_head(jws)
    except signing.SignatureInvalid:
        raise LogInDoubt(reason="A head is not signed by the city.") from None


def _require_extends(log: str, signed: Head) -> None:
    """Pass where the tree begins with the one that was signed; :raises LogInDoubt: otherwise."""
    size = growth.size(log)
    if size < signed.size:
        raise LogInDoubt(reason=f"{signed.size} leaves were signed, {size} are left.")
    proof = growth.consistency(log, signed.size, size)
    if not tree.verify_consistency(signed.size, size, bytes.fromhex(signed.root), proof.root, proof.path):
        raise LogInDoubt(reason=f"The first {signed.size} leaves are not those that were signed.")
