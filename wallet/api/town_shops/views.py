"""Doors to what the town's shops tell, and to telling it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.ids import token_hash
from kernel.web import Open, SignedIn, act_of, describe, principal_of, read, reply, struct
from wallet.engine.shops import ShopDetails
from wallet.selectors.shops import access_shop_for, details_of
from wallet.selectors.town_shops import TownShops, town_shops
from wallet.services import describe_shop
from wallet.services.merchants.details import DESCRIBE

FRESH_S = 60


class TownShopsView(APIView):
    """Where the coin is taken."""

    permission_classes = (Open,)

    @describe("The town's shops, whether they are open now, and until when", answers=TownShops)
    def get(self, request: Request) -> HttpResponse:
        """Return all of them, the same for everybody, good for a minute; who has them already gets 304."""
        answer = struct(town_shops(at=clock.now()))
        tag = quote_etag(token_hash(answer.content.decode()).hex()[:32])
        answer["ETag"] = tag
        patch_cache_control(answer, public=True, max_age=FRESH_S)
        kept = get_conditional_response(request._request, etag=tag, response=answer)  # noqa: SLF001 - Django's own request
        return answer if kept is None else kept


class ShopDetailsView(APIView):
    """What a shop tells its customers, for who may say it."""

    permission_classes = (SignedIn,)

    @describe("What my shop tells its customers", answers=ShopDetails)
    def get(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Return it."""
        return struct(details_of(access_shop_for(principal_of(request), shop_id, DESCRIBE)))

    @describe("Say anew what my shop tells its customers", body=ShopDetails, answers=ShopDetails)
    def put(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Replace the whole of it."""
        details = read(request, ShopDetails)
        return reply(describe_shop.answer(act_of(request), shop_id=shop_id, details=details))
