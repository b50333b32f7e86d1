"""A newcomer's first payment earns both rewards; where it goes back whole, what was not spent goes back too.

Locks: both balances, by account id; the referral; the referral campaign; the budget.
"""

from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db.models import F, Q

from accounts.notifications import Value
from kernel.problems import NotFound
from kernel.use_case import Act, use_case
from wallet.engine.rewards import CoinReward, Gift, Waiting
from wallet.models import Payment, Referral, ReferralCampaign, Reward, Succession
from wallet.selectors.accounts import account_of, accounts_behind, standing_for
from wallet.selectors.referrals.links import earned_by, referral_rule
from wallet.selectors.stamps.filling import standing_rewards
from wallet.services import balances
from wallet.services.rewards import RewardMissed, give_reward, take_reward_back
from wallet.services.rewards.giving import Earned
from wallet.services.telling import tell_holder


class ReferralRewardTaken(msgspec.Struct, frozen=True):
    """How many rewards were given now; ``waits`` says why one is still to come."""

    given: int
    waits: Waiting | None


class _Side(NamedTuple):
    """One of the two, and what is due to them."""

    account_id: UUID
    gift: Gift


def earn_referral(act: Act, *, payment_id: UUID) -> None:
    """Let a payment earn the rewards of the referral that it is the first for; of another it costs one small query."""
    payment = Payment.objects.filter(pk=payment_id).first()
    if payment is None:
        return
    stands_for = Succession.objects.filter(source_id=payment.account_id).values("target_id")
    mine = Q(newcomer_id=payment.account_id) | Q(newcomer_id__in=stands_for)
    row = Referral.objects.filter(mine, payment=None, entered_at__lte=payment.at, pay_until__gt=payment.at).first()
    if row is not None:
        _earn(act, referral_id=row.pk, payment_id=payment_id)


def undo_referral(act: Act, *, payment_id: UUID) -> None:
    """Take back what a payment earned that went back whole; of another, and done again, it does nothing."""
    earned = Referral.objects.filter(payment_id=payment_id, undone_at=None)
    row = earned.filter(payment__refunded=F("payment__amount")).first()
    if row is not None:
        _undo(act, referral_id=row.pk)


@use_case("wallet.take_referral_reward")
def take_referral_reward(act: Act, *, referral_id: UUID) -> ReferralRewardTaken:
    """Give what was earned and could not be given at once. Twice does no harm.

    :raises NotFound: for a referral in which the person is neither of the two; :raises NoWallet:.
    """
    mine = accounts_behind(account_of(act.principal))
    row = Referral.objects.filter(Q(newcomer_id__in=mine) | Q(link__account_id__in=mine), pk=referral_id).first()
    if row is None:
        raise NotFound
    row, sides = _locked(row.pk)
    given, waits = (0, None) if row.earned_at is None or row.undone_at else _give_both(act, row, sides)
    act.audit(what={"referral_id": str(referral_id), "given": given})
    return ReferralRewardTaken(given, waits)


@use_case("wallet.merge_referrals")
def merge_referrals(act: Act, *, target_id: UUID) -> None:
    """Take back what one person earned by bringing themself: their two IDs became one. Inside the act that holds the balances."""
    own = accounts_behind(target_id)
    rows = Referral.objects.filter(newcomer_id__in=own, link__account_id__in=own, earned_at__isnull=False)
    for row in rows.filter(undone_at=None).order_by("id"):
        _end(act, row, _sides(row))
    act.audit(what={"account_id": str(target_id)})


@use_case("wallet.earn_referral")
def _earn(act: Act, *, referral_id: UUID, payment_id: UUID) -> ReferralRewardTaken:
    row, sides = _locked(referral_id)
    payment, campaign = Payment.objects.get(pk=payment_id), row.link.referral_campaign
    act.audit(what={"referral_id": str(referral_id), "payment_id": str(payment_id)})
    if row.payment_id is not None or not _is_earned(row, payment, sides):
        return ReferralRewardTaken(0, None)
    left = ReferralCampaign.objects.filter(Q(stock=None) | Q(rewarded__lt=F("stock")), pk=campaign.pk)
    if not left.update(rewarded=F("rewarded") + 1):
        return ReferralRewardTaken(0, "sold_out")
    row.payment, row.earned_at = payment, act.at
    row.save(update_fields=["payment", "earned_at"])
    given, waits = _give_both(act, row, sides)
    act.audit(what={"referral_id": str(referral_id), "payment_id": str(payment_id), "given": given})
    return ReferralRewardTaken(given, waits)


@use_case("wallet.undo_referral")
def _undo(act: Act, *, referral_id: UUID) -> None:
    row, sides = _locked(referral_id)
    if row.undone_at is None:
        _end(act, row, sides)
    act.audit(what={"referral_id": str(referral_id)})


def _locked(referral_id: UUID) -> tuple[Referral, list[_Side]]:
    """Lock the two balances, then the referral, also where IDs are merged at the same time."""
    rows = Referral.objects.select_related("link__referral_campaign__campaign")
    while True:
        before = _sides(rows.get(pk=referral_id))
        balances.lock(*(side.account_id for side in before))
        row = rows.select_for_update(of=("self",)).get(pk=referral_id)
        sides = _sides(row)
        if sides == before:
            return row, sides


def _sides(row: Referral) -> list[_Side]:
    rule = referral_rule(row.link.referral_campaign)
    return [
        _Side(standing_for(row.link.account_id), rule.for_referrer),
        _Side(standing_for(row.newcomer_id), rule.for_newcomer),
    ]


def _is_earned(row: Referral, payment: Payment, sides: list[_Side]) -> bool:
    rule = referral_rule(row.link.referral_campaign)
    referrer, newcomer = sides
    if referrer.account_id == newcomer.account_id or payment.refunded == payment.amount:
        return False
    if payment.amount < rule.first_payment:
        return False
    mine = earned_by(accounts_behind(referrer.account_id), row.link.referral_campaign_id)
    return mine.count() < rule.per_referrer


def _give_both(act: Act, row: Referral, sides: list[_Side]) -> tuple[int, Waiting | None]:
    given, waits = 0, None
    for side in sides:
        if standing_rewards(row.pk, accounts_behind(side.account_id)):
            continue
        campaign = row.link.referral_campaign.campaign
        try:
            made = give_reward(
                act, Earned(side.account_id, side.gift, Reward.Source.REFERRAL, row.pk, campaign)
            )  # fmt: skip
        except RewardMissed as missed:
            waits = missed.why
            continue
        given += 1
        _tell(act, side, made)
    return given, waits


def _end(act: Act, row: Referral, sides: list[_Side]) -> None:
    """Take back what is not spent; the newcomer has been new once."""
    row.undone_at = act.at
    row.save(update_fields=["undone_at"])
    ReferralCampaign.objects.filter(pk=row.link.referral_campaign_id).update(rewarded=F("rewarded") - 1)
    for account_id in sorted({side.account_id for side in sides}):
        for reward in standing_rewards(row.pk, accounts_behind(account_id)):
            take_reward_back(act, reward)


def _tell(act: Act, side: _Side, row: Reward) -> None:
    is_coins = isinstance(side.gift, CoinReward)
    values: dict[str, Value] = {"amount": side.gift.yen} if isinstance(side.gift, CoinReward) else {}
    message = f"wallet.referral_earned_{'coins' if is_coins else 'coupon'}"
    tell_holder(act, account_id=side.account_id, message=message, values=values, dedupe=row.pk)
