"""What the demo city's shops tell their customers: kind, address, place and hours. Districts are real, shops are not."""

from dataclasses import dataclass

from accounts.selectors import organisations_of_kind
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet.engine.hours import Day, Hours, Span
from wallet.engine.shops import ShopDetails, ShopPoint
from wallet.selectors.shops import details_of_shops, shops_of_organisations
from wallet.services import describe_shop

WEEKDAYS: list[Day] = ["mon", "tue", "wed", "thu", "fri"]
EVERY_DAY: list[Day] = [*WEEKDAYS, "sat", "sun"]


@dataclass(frozen=True)
class Told:
    """One shop: kind and address in both languages, its door, the end of its telephone number, its hours."""

    kind: tuple[str, str]
    address: tuple[str, str]
    point: tuple[int, int]
    number: str
    hours: Hours


def _daily(opens: str, closes: str, *, but: tuple[Day, ...] = ()) -> Hours:
    return Hours(spans=[Span(days=[day for day in EVERY_DAY if day not in but], opens=opens, closes=closes)])


LUNCH_AND_EVENING = Hours(
    spans=[
        Span(days=["tue", "wed", "thu", "fri", "sat", "sun", "holiday"], opens="11:00", closes="14:30"),
        Span(days=["tue", "wed", "thu", "fri", "sat"], opens="17:00", closes="21:00"),
    ]
)
PHARMACY = Hours(
    spans=[Span(days=WEEKDAYS, opens="09:00", closes="18:30"), Span(days=["sat"], opens="09:00", closes="13:00")],
    holidays="closed",
)
DINER = Hours(
    spans=[
        Span(days=WEEKDAYS, opens="11:00", closes="15:00"),
        Span(days=["thu", "fri", "sat"], opens="18:00", closes="25:00"),
    ],
    holidays="closed",
)
TOLD = {
    "まちの茶屋 見本": Told(
        ("茶屋・甘味", "Tea house"), ("九日町 例示番地1", "Kokonokamachi (sample address)"), (32_212_700, 130_761_100), "01",
        _daily("09:30", "18:00", but=("wed",)),
    ),
    "例のうなぎ 九日町店": Told(
        ("うなぎ料理", "Eel restaurant"), ("九日町 例示番地2", "Kokonokamachi (sample address)"), (32_212_100, 130_761_800), "02",
        LUNCH_AND_EVENING,
    ),
    "仮名ベーカリー 駅前": Told(
        ("パン", "Bakery"), ("中青井町 例示番地3", "Nakaaoimachi (sample address)"), (32_215_300, 130_753_600), "03",
        _daily("07:00", "18:30", but=("mon",)),
    ),
    "お試し蔵 球磨焼酎": Told(
        ("焼酎の蔵元", "Shochu brewery"), ("七日町 例示番地4", "Nanokamachi (sample address)"), (32_211_800, 130_758_800), "04",
        _daily("10:00", "17:00"),
    ),
    "見本書房 紺屋町店": Told(
        ("本", "Bookshop"), ("紺屋町 例示番地5", "Konyamachi (sample address)"), (32_213_100, 130_763_700), "05",
        _daily("10:00", "20:00"),
    ),
    "例の湯 温泉町": Told(
        ("温泉", "Hot spring"), ("温泉町 例示番地6", "Onsenmachi (sample address)"), (32_214_200, 130_746_200), "06",
        _daily("06:00", "23:00"),
    ),
    "架空ストア 鍛冶屋町": Told(
        ("スーパー", "Supermarket"), ("鍛冶屋町 例示番地7", "Kajiyamachi (sample address)"), (32_213_900, 130_765_200), "07",
        _daily("09:00", "21:00"),
    ),
    "模範青果 上青井": Told(
        ("野菜・くだもの", "Greengrocer"), ("上青井町 例示番地8", "Kamiaoimachi (sample address)"), (32_214_600, 130_756_100), "08",
        Hours(spans=[Span(days=[*WEEKDAYS, "sat"], opens="08:30", closes="18:00")], holidays="closed"),
    ),
    "雛形工房 きじ馬": Told(
        ("郷土玩具", "Folk toys"), ("大畑麓町 例示番地9", "Okobafumotomachi (sample address)"), (32_181_200, 130_790_500), "09",
        _daily("10:00", "16:00", but=("mon", "tue")),
    ),
    "想定薬局 西間": Told(
        ("薬局", "Pharmacy"), ("西間下町 例示番地10", "Nishimashitamachi (sample address)"), (32_204_900, 130_760_300), "10",
        PHARMACY,
    ),
    "練習食堂 五日町": Told(
        ("食堂", "Diner"), ("五日町 例示番地11", "Itsukamachi (sample address)"), (32_213_400, 130_762_200), "11", DINER,
    ),
    "写本雑貨 二日町": Told(
        ("雑貨", "General goods"), ("二日町 例示番地12", "Futsukamachi (sample address)"), (32_212_800, 130_764_800), "12",
        _daily("10:00", "18:00", but=("thu",)),
    ),
}  # fmt: skip


def seed_shop_details() -> None:
    """Let each shop say where it is and when it is open; what has been said already stays."""
    shops = shops_of_organisations([merchant.id for merchant in organisations_of_kind("merchant")])
    said = details_of_shops([shop.id for shop in shops])
    for shop in shops:
        told = TOLD.get(shop.name)
        if told is not None and said[shop.id] == ShopDetails():
            describe_shop(Act(SYSTEM, at=clock.now()), shop_id=shop.id, details=_details(told))


def _details(told: Told) -> ShopDetails:
    return ShopDetails(
        kind=told.kind[0],
        kind_en=told.kind[1],
        address=told.address[0],
        address_en=told.address[1],
        telephone=f"0966-00-00{told.number}",
        point=ShopPoint(latitude_e6=told.point[0], longitude_e6=told.point[1]),
        hours=told.hours,
    )
