"""The door to the town's shops."""

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.ids import token_hash
from kernel.web import Open, describe, struct
from wallet.selectors.town_shops import TownShops, town_shops

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
