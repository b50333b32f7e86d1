"""Referrals: campaigns, links, newcomers, and what both get."""

from wallet.services.referrals.entering import enter_referral, note_refusal
from wallet.services.referrals.making import (
    ReferralMade,
    make_referral_campaign,
    pause_referral_campaign,
    referral_rule_of,
    resume_referral_campaign,
)
from wallet.services.referrals.rewarding import earn_referral, merge_referrals, take_referral_reward, undo_referral
from wallet.services.referrals.sharing import share_referral

__all__ = [
    "ReferralMade",
    "earn_referral",
    "enter_referral",
    "make_referral_campaign",
    "merge_referrals",
    "note_refusal",
    "pause_referral_campaign",
    "referral_rule_of",
    "resume_referral_campaign",
    "share_referral",
    "take_referral_reward",
    "undo_referral",
]
