"""The body that the door of a shop's stamp card takes."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import msgspec

from wallet.api.coupons.serializers import Instant, Name
from wallet.api.serializers import Body
from wallet.engine.coupons import Fixed, Percent
from wallet.engine.coupons.rules import Tag, Yen

NOBODY = UUID(int=0)


class ShopStampCard(Body, frozen=True, kw_only=True):
    """A card of the shop's own, and what a full one takes off a later bill, for ``good_for_days`` days after the card's end.

    With ``products`` only bills count that have goods with one of these tags, and ``minimum`` is asked of those goods.
    """

    title: Name
    title_en: Name
    starts_at: Instant
    ends_at: Instant
    size: Annotated[int, msgspec.Meta(ge=2, le=30)]
    minimum: Yen = 1
    products: Annotated[tuple[Tag, ...], msgspec.Meta(max_length=10)] = ()
    per_day: Annotated[int, msgspec.Meta(ge=1, le=30)] = 1
    benefit: Percent | Fixed
    good_for_days: Annotated[int, msgspec.Meta(ge=1, le=180)] = 60

    def card(self, shop_id: UUID) -> dict[str, object]:
        """Return what the card's rule is made of; its reward is made with it."""
        said = msgspec.to_builtins(self)
        names = ("starts_at", "ends_at", "size", "minimum", "products", "per_day")
        reward = {"kind": "coupon", "coupon": str(NOBODY)}
        return {name: said[name] for name in names} | {"shops": [str(shop_id)], "reward": reward, "per_person": None}

    def reward(self, shop_id: UUID) -> dict[str, object]:
        """Return what the rule of the reward's coupon is made of."""
        return {
            "benefit": msgspec.to_builtins(self.benefit), "starts_at": self.starts_at.isoformat(), "funded_by": "shop",
            "ends_at": (self.ends_at + timedelta(days=self.good_for_days)).isoformat(), "shops": [str(shop_id)],
            "needs_claim": True,
        }  # fmt: skip
