"""The door to what may be given back at a shop without its manager."""

from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.money import MOST
from kernel.web import PersonOrDevice, act_of, describe, principal_of, read, reply, struct
from wallet import services
from wallet.api.serializers import Body
from wallet.selectors.ceilings import CeilingView, ceiling_of
from wallet.selectors.shops import access_shop_for

Most = Annotated[int, msgspec.Meta(ge=0, le=MOST)]


class RefundCeilings(Body, frozen=True, kw_only=True):
    """How much of one payment and of one day; null for no ceiling."""

    per_payment: Most | None
    per_day: Most | None


class RefundCeilingView(APIView):
    """A shop's ceilings."""

    permission_classes = (PersonOrDevice,)

    @describe("How much may be given back at a shop without its manager", answers=CeilingView)
    def get(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Return it to whoever runs the till."""
        return struct(ceiling_of(access_shop_for(principal_of(request), shop_id), at=clock.now()))

    @describe("Say how much may be given back without me", body=RefundCeilings, answers=CeilingView)
    def put(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Say it."""
        body = read(request, RefundCeilings)
        said = {"per_payment": body.per_payment, "per_day": body.per_day}
        return reply(services.set_refund_ceiling.answer(act_of(request), shop_id=shop_id, **said))
