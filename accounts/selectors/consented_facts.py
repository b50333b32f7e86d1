"""A few facts about people who said yes to a purpose: what another floor may choose an audience by, and nothing that names them.

Every reading is an access by the recipient whom they said yes to: the database finds the grant, or refuses; the person sees it in
their log. Who has taken their yes back is not read from that moment on.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from accounts.models import IDENTITY_PLACE, Agreement, Identity, Mandate, Organisation, User
from accounts.selectors.consents import live_grants
from accounts.selectors.mandates import live_mandates
from kernel.access import AccessRefused, Shredded, access, access_many, in_chunks
from kernel.clock import jst_date

IDENTITY, FAMILY = "identity", "family"


class Facts(msgspec.Struct, frozen=True):
    """What is known of somebody, as far as they allow: level, age in whole years, address as on their papers, children under 18."""

    level: int
    age: int | None = None
    address: str = ""
    has_children: bool = False


class Asking(msgspec.Struct, frozen=True):
    """What the city asks people to agree to for a purpose, and as whom."""

    agreement: UUID
    recipient: UUID


def asked_by_the_city(purpose: str) -> Asking | None:
    """Return the city's agreement for a purpose, the oldest where several offices ask; None where none does."""
    asked = Agreement.objects.filter(purpose=purpose, closed_at=None, recipient__closed_at=None)
    row = (
        asked.filter(recipient__kind=Organisation.Kind.CITY, binding_number__gt=0).order_by("created_at", "id").first()
    )
    return None if row is None else Asking(row.pk, row.recipient_id)


def agreed_classes(subject: UUID, asking: Asking, *, at: datetime) -> frozenset[str]:
    """Return the classes for which somebody's yes stands."""
    rows = live_grants(at=at).filter(subject_id=subject, agreement_id=asking.agreement)
    return frozenset(rows.values_list("data_class", flat=True))


def access_facts_of(subject: UUID, asking: Asking, *, purpose: str, at: datetime) -> Facts | None:
    """Return the facts that somebody allows to be read for a purpose; None where they allow none."""
    classes = sorted(agreed_classes(subject, asking, at=at))
    if not classes:
        return None
    try:
        with access(purpose=purpose, actor=asking.recipient, subject=subject, classes=classes) as opened:
            row = Identity.objects.filter(pk=subject).first() if IDENTITY in classes else None
            papers = opened.unseal(bytes(row.values), IDENTITY_PLACE) if row is not None else ""
            level = User.objects.values_list("account_level", flat=True).get(resident_id=subject)
            is_parent = FAMILY in classes and _parents([subject], at=at) != set()
            return _facts(level, papers, jst_date(at), is_parent=is_parent)
    except (AccessRefused, Shredded, User.DoesNotExist):
        return None


def access_facts_of_all(
    asking: Asking, classes: Sequence[str], *, purpose: str, reason: str, at: datetime
) -> Iterator[Facts]:
    """Yield the facts of everybody whose yes to all of these classes stands, without saying whose they are.

    Without classes: of everybody who said any yes. Five hundred accesses are opened at once.
    """
    rows = live_grants(at=at).filter(agreement_id=asking.agreement)
    needed = set(classes)
    held: dict[UUID, set[str]] = {}
    for subject, data_class in rows.order_by("subject_id").values_list("subject_id", "data_class"):
        held.setdefault(subject, set()).add(data_class)
    for chunk in in_chunks(subject for subject, theirs in held.items() if needed <= theirs):
        yield from _chunk(chunk, asking, sorted(needed), purpose=purpose, reason=reason, at=at)


def _chunk(
    people: list[UUID], asking: Asking, classes: list[str], *, purpose: str, reason: str, at: datetime
) -> list[Facts]:
    levels = dict(
        User.objects.filter(resident_id__in=people, is_active=True).values_list("resident_id", "account_level")
    )
    if not classes:
        return [Facts(level) for level in levels.values()]
    day, found = jst_date(at), []
    with access_many(
        purpose=purpose, actor=asking.recipient, subjects=people, classes=classes, reason=reason
    ) as opened:
        rows = Identity.objects.filter(pk__in=opened.subjects) if IDENTITY in classes else []
        sealed = {row.pk: bytes(row.values) for row in rows}
        parents = _parents(list(opened.subjects), at=at) if FAMILY in classes else set()
        for subject in opened.subjects & levels.keys():
            papers = opened.unseal(subject, sealed[subject], IDENTITY_PLACE) if subject in sealed else ""
            found.append(_facts(levels[subject], papers, day, is_parent=subject in parents))
    return found


def _parents(people: Sequence[UUID], *, at: datetime) -> set[UUID]:
    held = live_mandates(at=at).filter(role=Mandate.Role.PARENT, delegate_id__in=people)
    return {each for each in held.values_list("delegate_id", flat=True) if each is not None}


def _facts(level: int, papers: str, day: date, *, is_parent: bool) -> Facts:
    values = msgspec.json.decode(papers) if papers else {}
    born = values.get("birthdate")
    return Facts(level, _age(date.fromisoformat(born), day) if born else None, values.get("address", ""), is_parent)


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
