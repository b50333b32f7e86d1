"""Buying units with a bonus by card: they are claimed when the vendor's page is opened, and wait for as long as it can be paid."""

from datetime import timedelta
from uuid import UUID

import msgspec

from kernel.idempotency import Answer
from kernel.ids import new_id
from kernel.use_case import Act, Key, use_case
from wallet.engine.card_results import CardTopUp
from wallet.engine.checkout import CARD_LEAST
from wallet.engine.premium import bonus_of
from wallet.errors import PremiumBeingPaid, TopUpOutOfRange
from wallet.gateways.cards import card_vendor
from wallet.models import OPEN_CLAIM, CardMethod, CardPayment, CardPurpose, PremiumClaim
from wallet.selectors.cards_taken import card_payment, card_top_up
from wallet.services.campaigns import hold_in_campaign
from wallet.services.cards.starting import check_may_take, check_not_too_many, open_or_end
from wallet.services.opening import own_account
from wallet.services.premium.claiming import claim_units, priced_premium

PAGE_LIVES = timedelta(minutes=35)
"""Units are scarce, so their page lives shortly: thirty minutes from its opening are the least that the vendor allows, and five
more are for opening it under the same key where the vendor was away at first."""


def start_premium(act: Act, *, premium_id: UUID, units: int, amount: int) -> Answer:
    """Claim units and open the vendor's page; the same key again leads to the same page, as things stand then.

    A page that the vendor refuses to open lets the units go at once; one that it is away for is opened by asking again.

    :raises CardsNotOffered: :raises CardVendorAway: :raises CardVendorRefuses: beside the refusals of :func:`begin_premium`.
    """
    vendor = card_vendor()
    answer = begin_premium.answer(act, premium_id=premium_id, units=units, amount=amount)
    if answer.is_refusal:
        return answer
    begun = card_payment(msgspec.json.decode(answer.body, type=CardTopUp).id)
    open_or_end(act, vendor, begun)
    return Answer.of(card_top_up(card_payment(begun.pk)), begin_premium.status)


@use_case("wallet.begin_premium_payment", key=Key.REQUIRED, status=201)
def begin_premium(act: Act, *, premium_id: UUID, units: int, amount: int) -> CardTopUp:
    """Claim units and hold their bonus for a payment by card that is about to be made; one at a time a person and campaign.

    Locks: the key, the campaign, the share, the budget.

    :raises NotFound: :raises AmountInvalid: :raises AmountFixed: for another amount than the units cost;
    :raises TopUpOutOfRange: for less than a card pays; :raises NoWallet: :raises AccountClosed: :raises AccountFrozen:
    :raises LimitBalance: with the bonus; :raises TooManyRequests: :raises PremiumBeingPaid: :raises CampaignSpent:
    and the refusals of a sale.
    """
    row = priced_premium(premium_id, units, amount)
    if amount < CARD_LEAST:
        raise TopUpOutOfRange(least=CARD_LEAST, most=row.per_person * row.unit_yen)
    account_id, bonus = own_account(act), bonus_of(amount, row.rate_bp)
    check_may_take(account_id, amount + bonus)
    under_way = PremiumClaim.objects.filter(OPEN_CLAIM, premium=row, account_id=account_id).first()
    if under_way is not None:
        raise PremiumBeingPaid(payment=str(under_way.pk))
    check_not_too_many(account_id, at=act.at)
    claim_units(row, account_id, units, at=act.at)
    hold_in_campaign(row.campaign.account_id, bonus)  # else the budget could be returned meanwhile
    begun = CardPayment.objects.create(
        id=new_id(act.at), purpose=CardPurpose.PREMIUM, method=CardMethod.CARD, account_id=account_id, amount=amount,
        language=act.principal.language, started_at=act.at, closes_at=act.at + PAGE_LIVES,
    )  # fmt: skip
    PremiumClaim.objects.create(payment=begun, premium=row, account_id=account_id, units=units, at=act.at)
    act.audit(what={"card_payment_id": str(begun.pk), "premium_id": str(row.pk), "units": units, "amount": amount})
    return card_top_up(begun)
