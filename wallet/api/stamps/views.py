"""The doors of stamp cards: one's own, and those of a shop."""

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.web import PersonOrDevice, SignedIn, act_of, describe, principal_of, read, reply, struct
from wallet.api.stamps import serializers as shapes
from wallet.selectors.stamps.showing import StampCards, my_stamp_cards, stamp_cards_of_shop
from wallet.services import stamps
from wallet.services.coupons.making import rule_of
from wallet.services.stamps import StampCardMade, stamp_rule_of
from wallet.services.stamps.earning import RewardTaken


class StampCardsView(APIView):
    """Stamp cards that run, with one's own stamps."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Stamp cards, with my stamps", answers=StampCards)
    def get(self, request: Request) -> HttpResponse:
        """Return them, what one has begun first."""
        return struct(my_stamp_cards(principal_of(request), at=clock.now()))


class StampRewardsView(APIView):
    """What a full card earned."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Take what a full card earned and could not be given before", answers=RewardTaken)
    def post(self, request: Request, card_id: UUID) -> HttpResponse:
        """Give it, if that is possible now."""
        return reply(stamps.take_stamp_reward.answer(act_of(request), card_id=card_id))


class ShopStampCardsView(APIView):
    """The stamp cards of a shop."""

    permission_classes = (PersonOrDevice,)

    @describe("The shop's own stamp cards, newest first", answers=StampCards)
    def get(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Return them to who works there."""
        return struct(stamp_cards_of_shop(principal_of(request), shop_id, at=clock.now()))

    @describe(
        "Make a stamp card of the shop's own", body=shapes.ShopStampCard, answers=StampCardMade, status=201, keyed=True
    )
    def post(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Put it out, with the coupon that a full one earns."""
        body = read(request, shapes.ShopStampCard)
        rule, reward = stamp_rule_of(body.card(shop_id)), rule_of(body.reward(shop_id))
        return reply(
            stamps.make_shop_stamp_card.answer(
                act_of(request), title=body.title, title_en=body.title_en, rule=rule, reward=reward
            )
        )


class ShopStampCardPauseView(APIView):
    """Stopping a shop's stamp card."""

    permission_classes = (PersonOrDevice,)

    @describe("Stop a stamp card of the shop", answers=StampCardMade)
    def post(self, request: Request, shop_id: UUID, card_id: UUID) -> HttpResponse:
        """Stop it; no payment earns a stamp from now on."""
        return reply(stamps.pause_shop_stamp_card.answer(act_of(request), shop_id=shop_id, card_id=card_id))


class ShopStampCardResumeView(APIView):
    """Letting a shop's stamp card go on."""

    permission_classes = (PersonOrDevice,)

    @describe("Let a stopped stamp card of the shop go on", answers=StampCardMade)
    def post(self, request: Request, shop_id: UUID, card_id: UUID) -> HttpResponse:
        """Let it go on."""
        return reply(stamps.resume_shop_stamp_card.answer(act_of(request), shop_id=shop_id, card_id=card_id))
