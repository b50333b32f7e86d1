"""Giving a reward: coins from a campaign's budget as a bonus lot of their own, or a coupon into somebody's hand."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.use_case import Act
from wallet.engine.rewards import CoinReward, CouponReward, Gift, Waiting
from wallet.errors import (
    AccountClosed,
    AccountFrozen,
    CampaignClosed,
    CampaignSpent,
    CouponPurseMissing,
    LimitBalance,
    RewardCouponUnfit,
)
from wallet.models import Campaign, Coupon, CouponClaim, Reward, TopUpKind
from wallet.services.coupons.claiming import give_coupon
from wallet.services.topping_up import Issue, issue_to_account


class RewardMissed(Exception):
    """The reward cannot be given now; ``why`` says for what it waits, and nothing of it stays."""

    def __init__(self, why: Waiting) -> None:
        """Keep the reason."""
        super().__init__(why)
        self.why: Waiting = why


@dataclass(frozen=True)
class Earned:
    """To whom something is due, and from where."""

    account_id: UUID
    gift: Gift
    source: Reward.Source
    source_id: UUID
    campaign: Campaign | None


def check_gift(gift: Gift, campaign: Campaign | None, organisation_id: UUID | None = None) -> Coupon | None:
    """Return the coupon that a gift consists of, None for coins, once it is sure that the purse fits.

    :raises CampaignClosed: :raises CouponPurseMissing: for coins without a budget; :raises RewardCouponUnfit: for a coupon that
    need not be held, is somebody else's, or is unknown.
    """
    if campaign is not None and campaign.closed_at is not None:
        raise CampaignClosed
    if isinstance(gift, CoinReward):
        if campaign is None:
            raise CouponPurseMissing
        return None
    coupon = Coupon.objects.filter(pk=gift.coupon, needs_claim=True, organisation_id=organisation_id).first()
    if coupon is None:
        raise RewardCouponUnfit
    return coupon


def give_reward(act: Act, earned: Earned) -> Reward:
    """Give what was earned, whole or not at all, inside an open act. Locks: the balance, then the campaign's.

    :raises RewardMissed: where budget, coupon or the account's own limits do not allow it now.
    """
    before = Reward.objects.filter(source_id=earned.source_id, account_id=earned.account_id).count()
    row = Reward(
        id=new_id(act.at), account_id=earned.account_id, source=earned.source, source_id=earned.source_id,
        number=before + 1, given_at=act.at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            _fill(act, row, earned)
            row.save(force_insert=True)
    except (CampaignSpent, CampaignClosed):
        raise RewardMissed("budget_spent") from None
    except LimitBalance:
        raise RewardMissed("limit_balance") from None
    except (AccountFrozen, AccountClosed):
        raise RewardMissed("account_frozen") from None
    return row


def _fill(act: Act, row: Reward, earned: Earned) -> None:
    gift = earned.gift
    if isinstance(gift, CouponReward):
        row.claim_id = _give_coupon(act, row, earned, gift.coupon)
        return
    assert earned.campaign is not None  # noqa: S101 - coins have a budget, checked where the rule was written
    if earned.campaign.closed_at is not None:
        raise CampaignClosed
    last_day = jst_date(act.at) + timedelta(days=gift.days)
    issue = Issue(
        TopUpKind.GIFT, earned.account_id, 0, gift.yen, last_day, bonus_from=earned.campaign.account_id, key=f"reward/{row.pk}"
    )  # fmt: skip
    row.campaign, row.top_up_id = earned.campaign, issue_to_account(act, issue).id


def _give_coupon(act: Act, row: Reward, earned: Earned, coupon_id: UUID) -> UUID:
    """Put the coupon into the hand, under the reward's own id: each reward is a piece of its own."""
    if not Coupon.objects.filter(pk=coupon_id, paused_at=None, ends_at__gt=act.at).exists():
        raise RewardMissed("coupon_over")
    source = CouponClaim.Source(earned.source)
    give_coupon(act, coupon_id=coupon_id, account_id=earned.account_id, source=source, source_id=row.pk)
    claim: UUID = CouponClaim.objects.values_list("pk", flat=True).get(
        coupon_id=coupon_id, account_id=earned.account_id, source_id=row.pk
    )
    return claim
