"""Opening, counting, closing and signing the tills of the city's counters."""

from uuid import UUID

from django.db.models import Q, Sum

from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.cash import counted as worth
from wallet.engine.settled import CounterOpened, TillNow
from wallet.errors import (
    DifferenceUnexplained,
    HandOverDiffers,
    SecondPersonNeeded,
    TillAlreadySigned,
    TillNotOpen,
    TillStillOpen,
)
from wallet.models import CashCounter, CashTill
from wallet.selectors.tills import till_now

RIGHT, REGISTER = "wallet.keep_till", "wallet.register_shops"


@use_case("wallet.open_counter", status=201)
def open_counter(act: Act, *, name: str) -> CounterOpened:
    """Register a counter that takes cash; from then on cash is only taken into open tills.

    :raises NotAllowed:
    """
    if not act.principal.may(REGISTER):
        raise NotAllowed
    row, _new = CashCounter.objects.get_or_create(name=name, defaults={"id": new_id(act.at), "opened_at": act.at})
    act.audit(what={"counter_id": str(row.pk)})
    return CounterOpened(row.pk, row.name)


@use_case("wallet.open_till", key=Key.REQUIRED, status=201)
def open_till(act: Act, *, counter_id: UUID, count: dict[str, int], takes_over: UUID | None = None) -> TillNow:
    """Open a till with what was counted as float; ``takes_over`` names the till of the counter that was just handed over.

    :raises NotAllowed: :raises NotFound: :raises CountUnsound: :raises TillStillOpen: where one is open at the counter or by this
        officer, from an earlier day too; :raises HandOverDiffers: where the float is not what the one before was closed with.
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    float_yen = worth(count)
    counter = CashCounter.objects.select_for_update().filter(pk=counter_id, closed_at=None).first()
    if counter is None:
        raise NotFound
    open_ones = CashTill.objects.filter(Q(counter=counter) | Q(opened_by=act.principal.actor), closed_at=None)
    if open_ones.exists():
        raise TillStillOpen
    before = _handed_over(counter, takes_over, float_yen) if takes_over else None
    row = CashTill.objects.create(
        id=new_id(act.at), counter=counter, day=jst_date(act.at), float_yen=float_yen, taken_over=before,
        opened_by=act.principal.actor, opened_at=act.at,
    )  # fmt: skip
    act.audit(what={"till_id": str(row.pk), "float": float_yen})
    return till_now(row)


@use_case("wallet.close_till", key=Key.REQUIRED)
def close_till(act: Act, *, till_id: UUID, count: dict[str, int], why: str = "") -> TillNow:
    """Close a till with its count by denominations; the difference to float and top-ups needs a reason where there is one.

    Whoever keeps tills may close one, so that one that was left open can be counted when its officer is away.

    :raises NotAllowed: :raises NotFound: :raises CountUnsound: :raises TillNotOpen: :raises DifferenceUnexplained:
    """
    row = _lock(act, till_id)
    if row.closed_at is not None:
        raise TillNotOpen
    amount = worth(count)
    expected = row.float_yen + int(row.entries.aggregate(sum=Sum("amount", default=0))["sum"])
    if amount != expected and not why.strip():
        raise DifferenceUnexplained(difference=amount - expected)
    row.closed_by, row.closed_at, row.count = act.principal.actor, act.at, count
    row.expected, row.counted, row.why = expected, amount, why.strip()
    row.save(update_fields=["closed_by", "closed_at", "count", "expected", "counted", "why"])
    act.audit(what={"till_id": str(row.pk), "expected": expected, "counted": amount}, why=row.why)
    return till_now(row)


@use_case("wallet.sign_till", key=Key.REQUIRED)
def sign_till(act: Act, *, till_id: UUID) -> TillNow:
    """Say, as a second officer, that the count was right.

    :raises NotAllowed: :raises NotFound: :raises SecondPersonNeeded: for who counted; :raises TillAlreadySigned:
    """
    row = _lock(act, till_id)
    if row.closed_at is None or row.signed_at is not None:
        raise TillAlreadySigned
    if row.closed_by == act.principal.actor:
        raise SecondPersonNeeded
    row.signed_by, row.signed_at = act.principal.actor, act.at
    row.save(update_fields=["signed_by", "signed_at"])
    act.audit(what={"till_id": str(row.pk)})
    return till_now(row)


def _lock(act: Act, till_id: UUID) -> CashTill:
    if not act.principal.may(RIGHT):
        raise NotAllowed
    row = CashTill.objects.select_for_update().filter(pk=till_id).first()
    if row is None:
        raise NotFound
    return row


def _handed_over(counter: CashCounter, takes_over: UUID, float_yen: int) -> CashTill:
    before = CashTill.objects.filter(pk=takes_over, counter=counter, closed_at__isnull=False).first()
    if before is None or hasattr(before, "handed_to"):
        raise NotFound
    if before.counted != float_yen:
        raise HandOverDiffers(counted=before.counted)
    return before
