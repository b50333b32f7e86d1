"""What stands on a person's cards."""

from collections.abc import Sequence
from uuid import UUID

from wallet.engine.coupons import Line
from wallet.engine.stamps import Bought, Filled, StampRule, fill, read_stamp_rule
from wallet.engine.stamps import Stamp as Counted
from wallet.models import OrderLine, Payment, Reward, Stamp, StampCard


def rule_of(card: StampCard) -> StampRule:
    """Return a card's rule."""
    return read_stamp_rule(card.rule)


def bought_by(payment: Payment) -> Bought:
    """Return what was paid, and for which goods where it was for an order."""
    lines = OrderLine.objects.filter(order__payments__payment_id=payment.pk, taken__gt=0).exclude(product="")
    said = list(lines.values_list("product", "taken", "refunded"))
    return Bought(
        payment.amount,
        tuple(Line(product, taken) for product, taken, _back in said),
        tuple(Line(product, taken - back) for product, taken, back in said),
    )


def filled_of(card: StampCard, accounts: Sequence[UUID]) -> Filled:
    """Lay the stamps that these accounts hold of a card."""
    rows = Stamp.objects.filter(card=card, account_id__in=accounts, taken_back_at=None)
    return fill(rule_of(card), [Counted(*row) for row in rows.values_list("at", "id", "shop_id", "day")])


def standing_rewards(source_id: UUID, accounts: Sequence[UUID]) -> list[Reward]:
    """Return the rewards that these accounts were given by one source and have, those that were spent included, oldest first."""
    rows = Reward.objects.select_related("top_up", "claim", "campaign")
    return list(
        rows.filter(source_id=source_id, account_id__in=accounts, ended_at=None).order_by("given_at", "number", "id")
    )
