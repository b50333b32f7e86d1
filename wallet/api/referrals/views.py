"""The doors of referrals: sharing a link, entering one, and what came of it."""

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.web import SignedIn, act_of, describe, principal_of, read, reply, struct
from wallet.api.referrals import serializers as shapes
from wallet.api.throttles import CodesThrottle
from wallet.errors import ReferralNotTaken
from wallet.selectors.referrals.links import (
    BroughtBy,
    OwnLink,
    ReferralOffers,
    ReferralSeen,
    look_at_referral,
    my_referrals,
)
from wallet.services import referrals
from wallet.services.referrals.rewarding import ReferralRewardTaken


class ReferralsView(APIView):
    """Referral campaigns that run, with one's own part in them."""

    permission_classes = (SignedIn,)
    throttle_classes = (CodesThrottle,)

    @describe("Referral campaigns, my links, what came of them, and who brought me", answers=ReferralOffers)
    def get(self, request: Request) -> HttpResponse:
        """Return them; nobody is named."""
        return struct(my_referrals(principal_of(request), at=clock.now()))

    @describe("Enter a code that somebody shared with me", body=shapes.ReferralCode, answers=BroughtBy, status=201)
    def post(self, request: Request) -> HttpResponse:
        """Take it, once for ever."""
        body, act = read(request, shapes.ReferralCode), act_of(request)
        try:
            return reply(referrals.enter_referral.answer(act, code=body.code))
        except ReferralNotTaken as refused:
            referrals.note_refusal(act, code=body.code, why=refused.members["why"])
            raise


class ReferralLookView(APIView):
    """What a code stands for."""

    permission_classes = (SignedIn,)
    throttle_classes = (CodesThrottle,)

    @describe("What a shared code stands for", body=shapes.ReferralCode, answers=ReferralSeen)
    def post(self, request: Request) -> HttpResponse:
        """Return what it offers; nothing is changed."""
        return struct(look_at_referral(read(request, shapes.ReferralCode).code, at=clock.now()))


class ReferralLinkView(APIView):
    """One's own link."""

    permission_classes = (SignedIn,)

    @describe("My link to share", body=shapes.ReferralToShare, answers=OwnLink)
    def post(self, request: Request, referral_campaign_id: UUID) -> HttpResponse:
        """Return it, made where there is none yet."""
        said = read(request, shapes.ReferralToShare).said
        return reply(
            referrals.share_referral.answer(act_of(request), referral_campaign_id=referral_campaign_id, said=said)
        )


class ReferralRewardsView(APIView):
    """What a referral earned."""

    permission_classes = (SignedIn,)

    @describe("Take what a referral earned and could not be given before", answers=ReferralRewardTaken)
    def post(self, request: Request, referral_id: UUID) -> HttpResponse:
        """Give it, if that is possible now."""
        return reply(referrals.take_referral_reward.answer(act_of(request), referral_id=referral_id))
