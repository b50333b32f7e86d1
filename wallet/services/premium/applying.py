"""Applying for coins with a bonus: one wish an account, taken back or changed until the list is fixed."""

from contextlib import suppress
from uuid import UUID

from kernel import draw
from kernel.ids import new_id
from kernel.use_case import Act, Key, use_case
from wallet.engine.premium import state_of
from wallet.errors import NoWallet, PremiumCapReached, PremiumNotApplying, PremiumNotForYou
from wallet.models import Premium, PremiumApplication
from wallet.selectors.accounts import account_of
from wallet.selectors.premium import PremiumOffer, is_for, offer_for, premium_named, terms_of
from wallet.services.opening import own_account


@use_case("wallet.apply_for_premium", key=Key.REQUIRED, status=201)
def apply_for_premium(act: Act, *, premium_id: UUID, units: int) -> PremiumOffer:
    """Wish so many units; whoever has wished already changes their wish and gets a new ticket. Locks: the campaign, shared.

    :raises NotFound: :raises PremiumNotApplying: outside the period; :raises PremiumNotForYou: :raises PremiumCapReached:
    :raises NoWallet: for who is nobody's resident.
    """
    row = _applying(act, premium_id)
    if not is_for(row, act.principal.account_level):
        raise PremiumNotForYou
    if not 1 <= units <= row.per_person:
        raise PremiumCapReached(may=row.per_person)
    wish = {"wished": units, "ticket": draw.new_ticket(units), "applied_at": act.at, "withdrawn_at": None}
    account = own_account(act)
    PremiumApplication.objects.update_or_create(
        premium=row, account_id=account, defaults=wish, create_defaults=wish | {"id": new_id(act.at)}
    )
    act.audit(what={"premium_id": str(premium_id), "account_id": str(account), "units": units})
    return offer_for(act.principal, premium_id, at=act.at)


@use_case("wallet.withdraw_from_premium", key=Key.REQUIRED)
def withdraw_from_premium(act: Act, *, premium_id: UUID) -> PremiumOffer:
    """Take one's wish back; without one this function will leave everything as it is. Refusals as above."""
    _applying(act, premium_id)
    with suppress(NoWallet):  # who has no account has no wish either
        account = account_of(act.principal)
        wish = PremiumApplication.objects.filter(premium_id=premium_id, account_id=account, withdrawn_at=None)
        wish.update(withdrawn_at=act.at)
    act.audit(what={"premium_id": str(premium_id)})
    return offer_for(act.principal, premium_id, at=act.at)


def _applying(act: Act, premium_id: UUID) -> Premium:
    """Return the campaign while it takes applications; whoever fixes the list waits for this act to end."""
    premium_named(premium_id)
    row = Premium.objects.select_for_update(no_key=True).get(pk=premium_id)
    if state_of(terms_of(row), act.at) != "applying":
        raise PremiumNotApplying
    return row
