"""The demo city's shops: one for every made-up merchant, at a real place, with what one spends there."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.selectors import organisations_of_kind
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet.demo import WEEKS, anchor_of
from wallet.selectors.shops import shops_of_organisations
from wallet.services import issue_shop_code, open_shop


@dataclass(frozen=True)
class Trade:
    """A shop's merchant category (ISO 18245), district, and the usual range of a bill in yen."""

    category: str
    district: str
    least: int
    most: int


TRADES = {
    "まちの茶屋 見本": Trade("5812", "九日町", 350, 1100),
    "例のうなぎ 九日町店": Trade("5812", "九日町", 2400, 4800),
    "仮名ベーカリー 駅前": Trade("5462", "中青井町", 180, 900),
    "お試し蔵 球磨焼酎": Trade("5921", "七日町", 900, 3200),
    "見本書房 紺屋町店": Trade("5942", "紺屋町", 600, 2400),
    "例の湯 温泉町": Trade("7298", "温泉町", 300, 600),
    "架空ストア 鍛冶屋町": Trade("5411", "鍛冶屋町", 300, 3800),
    "模範青果 上青井": Trade("5499", "上青井町", 150, 1500),
    "雛形工房 きじ馬": Trade("5947", "大畑麓町", 800, 3500),
    "想定薬局 西間": Trade("5912", "西間下町", 300, 2600),
    "練習食堂 五日町": Trade("5812", "五日町", 550, 1300),
    "写本雑貨 二日町": Trade("5331", "二日町", 200, 2000),
}
OTHER = Trade("5999", "", 300, 2000)
WITHOUT_SHOP = frozenset({"見本ポイント協会"})  # a partner that asks for consents and sells nothing


def seed_shops() -> None:
    """Open a shop for each merchant that has none, before the weeks that are told."""
    opened_at = anchor_of(clock.now()) - timedelta(weeks=WEEKS + 1)
    merchants = organisations_of_kind("merchant")
    have_one = {shop.organisation_id for shop in shops_of_organisations([merchant.id for merchant in merchants])}
    for merchant in merchants:
        if merchant.id not in have_one and merchant.name not in WITHOUT_SHOP:
            trade = TRADES.get(merchant.name, OTHER)
            shop = open_shop(
                Act(SYSTEM, at=opened_at),
                organisation_id=merchant.id,
                name=merchant.name,
                name_en=merchant.name_en,
                trade=trade.category,
                district=trade.district,
            )
            issue_shop_code(Act(SYSTEM, at=opened_at), shop_id=shop.id)
