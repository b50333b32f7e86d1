"""Places of the demo town that people go to: where officials, doctors, teachers, gods and hot water are; and made-up shelters."""

from collections.abc import Mapping

from mobility.demo.words import Name, places
from mobility.demo.words import Place as Row
from mobility.engine.places import Kind, Place

KINDS: Mapping[str, tuple[Name, int]] = {
    "office": (Name("公共の窓口", "こうきょうのまどぐち", "Public office", "公共窗口", "공공 창구"), 60),
    "hospital": (Name("病院", "びょういん", "Hospital", "医院", "병원"), 80),
    "station": (Name("駅", "えき", "Station", "车站", "역"), 90),
    "interchange": (
        Name(
            "高速道路の出入口",
            "こうそくどうろのでいりぐち",
            "Expressway interchange",
            "高速公路出入口",
            "고속도로 출입구",
        ),
        40,
    ),
    "shrine": (Name("神社", "じんじゃ", "Shrine", "神社", "신사"), 60),
    "temple": (Name("寺", "てら", "Temple", "寺庙", "절"), 40),
    "castle": (Name("城跡", "しろあと", "Castle ruins", "城堡遗址", "성터"), 60),
    "park": (Name("公園・広場", "こうえん・ひろば", "Park", "公园・广场", "공원・광장"), 30),
    "street": (Name("通り", "とおり", "Street", "街道", "거리"), 40),
    "bath": (Name("温泉", "おんせん", "Hot spring", "温泉", "온천"), 50),
    "hall": (Name("ホール・体育館", "ほーる・たいいくかん", "Hall", "会馆・体育馆", "홀・체육관"), 40),
    "community": (
        Name("コミュニティセンター", "こみゅにてぃせんたー", "Community center", "社区中心", "커뮤니티센터"),
        40,
    ),
    "school": (Name("学校", "がっこう", "School", "学校", "학교"), 30),
    "museum": (Name("資料館", "しりょうかん", "Museum", "资料馆", "자료관"), 40),
}
"""What a kind is called, and how much goes on there, likened to a stop's departures."""
SHELTER = (
    Name("避難所（見本の指定）", "ひなんじょ（みほん）", "Shelter (sample designation)", "避难所（示例指定）", "대피소(견본 지정)"),
    20,
)  # fmt: skip
"""Places are real; that they are shelters is made up."""


def demo_places() -> list[Place]:
    """Return them, named and described in every language."""
    return [_place("facility", row, KINDS[row.more["kind"]]) for row in places("places")]


def demo_shelters() -> list[Place]:
    """Return the shelters, named and described in every language."""
    return [_place("shelter", row, SHELTER) for row in places("shelters")]


def _place(kind: Kind, row: Row, told: tuple[Name, int]) -> Place:
    what, importance = told
    names, details = ({"": each.ja, **dict(each.others())} for each in (row.name, what))
    return Place(kind, row.id, names, row.lat, row.lon, importance, details)
