"""The counter: an officer sees a person's papers, or gives back an account whose second factor is lost."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from uuid import UUID

import msgspec
from allauth.mfa.models import Authenticator

from accounts.engine.documents import suffices
from accounts.errors import DocumentsInsufficient, NotYourself, SurerAlready, ValuesWrong
from accounts.models import Identity, Verification
from accounts.services.counter_codes import use_up
from accounts.services.endings import end_sign_ins
from accounts.services.levels import IdentityValues, keep_identity, lock_user, note_level
from accounts.services.notices import notify
from kernel.access import Access, access
from kernel.assurance import STAFF_SIGN_IN, AccountLevel, AuthenticationLevel, require
from kernel.clock import jst_date
from kernel.problems import FieldFault, NotAllowed, _
from kernel.use_case import Act, Key, use_case

PURPOSE = "accounts.verify_at_counter"
PAPERS_SEEN = "窓口で本人確認書類を見せていただいたため"  # in the log, beside what officers write themselves
OLDEST = date(1900, 1, 1)


class Verified(msgspec.Struct, frozen=True):
    """Whom the officer has known by their papers, by key, and how surely they are known now."""

    resident_id: UUID
    level: int


@use_case("accounts.verify_at_counter", key=Key.REQUIRED, status=201)
def verify_at_counter(
    act: Act, *, code: str, documents: Sequence[str], name: str, birthdate: str, address: str, gender: str = ""
) -> Verified:
    """Write down who the person with the code is, as their papers say; they are known at level 2 from now on.

    Only kinds of papers are kept, no number of any. Locks: the code, the user.

    :raises NotAllowed: without the right ``accounts.verify``; :raises StepUpRequired: for an officer without a second factor today;
    :raises DocumentsInsufficient: for too few papers; :raises ValuesWrong: naming the field; :raises CounterCodeUnknown:;
    :raises NotYourself: for an officer's own code; :raises SurerAlready: for who is known by card; :raises MyNumberNotKept:.
    """
    require_staff(act, "accounts.verify")
    if not suffices(documents):
        raise DocumentsInsufficient
    values = _checked(name, birthdate, address, gender, today=jst_date(act.at))
    resident_id = use_up(code, at=act.at)
    if resident_id == act.principal.actor:
        raise NotYourself
    user = lock_user(resident_id)
    if user.account_level > AccountLevel.COUNTER:
        raise SurerAlready
    with _opened(act, resident_id, PAPERS_SEEN) as opened:
        keep_identity(act, opened, values, source=Identity.Source.COUNTER)
        level = note_level(
            act, user, AccountLevel.COUNTER,
            kind=Verification.Kind.COUNTER, officer=act.principal.actor, documents=sorted(set(documents)),
        )  # fmt: skip
    notify(act, to=resident_id, message="accounts.verified_at_counter", values={}, dedupe=act.at.isoformat())
    act.audit(subject=resident_id, what={"level": level, "documents": sorted(set(documents))})
    return Verified(resident_id=resident_id, level=level)


@use_case("accounts.reset_second_factors", key=Key.REQUIRED, status=201)
def reset_second_factors(act: Act, *, code: str, documents: Sequence[str], why: str) -> Verified:
    """Take away passkeys and app of the person with the code, who has lost them, and sign them out everywhere.

    They come in by a code again and set up what they have now. :raises: as :func:`verify_at_counter` does.
    """
    require_staff(act, "accounts.verify")
    if not suffices(documents):
        raise DocumentsInsufficient
    resident_id = use_up(code, at=act.at)
    if resident_id == act.principal.actor:
        raise NotYourself
    user = lock_user(resident_id)
    Authenticator.objects.filter(user_id=user.pk).delete()
    end_sign_ins(act, user)
    with _opened(act, resident_id, why):
        Verification.objects.create(
            resident_id=resident_id, kind=Verification.Kind.FACTORS, officer=act.principal.actor,
            level_before=user.account_level, level_after=user.account_level,
            documents=sorted(set(documents)), created_at=act.at,
        )  # fmt: skip
    notify(act, to=resident_id, message="accounts.factors_removed", values={}, dedupe=act.at.isoformat())
    act.audit(subject=resident_id, what={"documents": sorted(set(documents))}, why=why)
    return Verified(resident_id=resident_id, level=user.account_level)


def require_staff(act: Act, right: str) -> None:
    """Pass staff with the right who have shown a second factor today; :raises NotAllowed: or :raises StepUpRequired: for others."""
    if not act.principal.may(right):
        raise NotAllowed
    require(act.principal, at=act.at, authentication=AuthenticationLevel.SECOND_FACTOR, within=STAFF_SIGN_IN)


def _opened(act: Act, resident_id: UUID, reason: str) -> AbstractContextManager[Access]:
    return access(purpose=PURPOSE, actor=act.principal.actor, subject=resident_id, classes=["identity"], reason=reason)


def _checked(name: str, birthdate: str, address: str, gender: str, *, today: date) -> IdentityValues:
    """Return what was typed, trimmed; :raises ValuesWrong: naming each field that cannot be."""
    faults = [
        FieldFault(field=field, code="required", message=str(_("入力してください。")))
        for field, value in (("name", name), ("address", address))
        if not value.strip()
    ]
    try:
        born = date.fromisoformat(birthdate.strip())
    except ValueError:
        born = None
    if born is None or not OLDEST <= born <= today:
        faults.append(FieldFault(field="birthdate", code="invalid", message=str(_("生年月日を確認してください。"))))
    if faults:
        raise ValuesWrong(errors=faults)
    return IdentityValues(name.strip(), address.strip(), birthdate.strip(), gender)
