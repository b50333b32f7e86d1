"""What a card's money means to the units with a bonus that wait for it; the payment is locked.

Locks, in this order everywhere: the payment, the campaign, the share, the buyer's balance, the budget. Cash is taken in the same
order, with the customer's code in the payment's place.
"""

from uuid import UUID

from django.db import transaction

from accounts.notifications import Value, names_of
from kernel.clock import jst_date
from kernel.use_case import Act
from wallet.engine.premium import bonus_of
from wallet.errors import PremiumNotOnSale
from wallet.models import CardPayment, CardPurpose, CardStatus, TopUpKind
from wallet.services.campaigns import let_go_in_campaign
from wallet.services.premium.claiming import claim_units, note_purchase, release_units
from wallet.services.premium.making import locked_premium
from wallet.services.telling import tell_holder
from wallet.services.topping_up import Issue, issue_to_account


def receive(act: Act, payment: CardPayment) -> UUID:
    """Issue the coins with their bonus and write the purchase; return the top-up. Where it is refused nothing is written.

    Who began in time is sold to, whatever has ended since. Where the units were let go they must be had anew, as on that day.

    :raises PremiumSoldOut: and the other refusals of a sale, :raises CampaignSpent: where the units were let go;
    :raises PremiumNotOnSale: after the bonus' last day; :raises LimitBalance: :raises AccountClosed: :raises AccountFrozen:
    """
    claim, amount = payment.premium_claim, payment.amount
    row = locked_premium(claim.premium_id)
    if jst_date(act.at) > row.bonus_last_day:
        raise PremiumNotOnSale
    bonus = bonus_of(amount, row.rate_bp)
    with transaction.atomic():
        if not claim.is_open:
            claim_units(row, claim.account_id, claim.units, at=act.at)
        issue = Issue(
            TopUpKind.CARD, claim.account_id, amount, bonus, row.bonus_last_day, bonus_from=row.campaign.account_id,
            is_bonus_held=claim.is_open,
        )  # fmt: skip
        top_up_id = issue_to_account(act, issue).id
        claim.purchase = note_purchase(act, row, claim.account_id, claim.units, top_up_id=top_up_id)
        claim.save(update_fields=["purchase"])
    values: dict[str, Value] = {
        "name": names_of(row), "amount": amount, "bonus": bonus, "until": row.bonus_last_day, "payment": str(payment.pk),
    }  # fmt: skip
    tell_holder(
        act, account_id=claim.account_id, message="wallet.premium_bought_by_card", values=values, dedupe=payment.pk
    )
    return top_up_id


def follow(act: Act, payment: CardPayment) -> None:
    """Let the units go where the payment ended without money."""
    if payment.status == CardStatus.ENDED:
        let_go(act, payment)


def let_go(act: Act, payment: CardPayment) -> None:
    """Let units that waited for this payment be bought again, and their bonus be given to others; once."""
    if payment.purpose != CardPurpose.PREMIUM or not payment.premium_claim.is_open:
        return
    claim = payment.premium_claim
    row = locked_premium(claim.premium_id)
    release_units(row, claim.account_id, claim.units)
    bonus = bonus_of(payment.amount, row.rate_bp)
    let_go_in_campaign(row.campaign.account_id, bonus, back=bonus)
    claim.released_at = act.at
    claim.save(update_fields=["released_at"])
    act.audit(what={"premium_id": str(row.pk), "released": claim.units})
