"""Where the coin is taken: everybody may look, the answer is the same for all, and it says whether the door is open."""

from datetime import UTC, datetime

import pytest

from accounts.selectors import principal_of
from kernel import clock
from kernel.use_case import Act
from tests.wallet.callers import Caller, act
from wallet.engine.hours import Hours, Span
from wallet.engine.shops import ShopDetails, ShopPoint
from wallet.engine.trades import group_of
from wallet.selectors.town_shops import town_shops
from wallet.services import describe_shop, stop_shop

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DETAILS = ShopDetails(
    kind="食堂", kind_en="Diner", address="九日町1", telephone="0966-00-0001",
    point=ShopPoint(latitude_e6=32_210_000, longitude_e6=130_760_000),
    hours=Hours(spans=[Span(days=EVERY_DAY, opens="11:00", closes="15:00")]),
)  # fmt: skip


def test_a_stranger_sees_every_open_shop_and_none_that_is_gone(city) -> None:
    shop, gone = city.shop(), city.shop("閉じた店", "Gone")
    describe_shop(act(), shop_id=shop.id, details=DETAILS)
    _officer, administrator = city.city_office()
    stop_shop(Act(principal_of(administrator.resident_id), at=clock.now()), shop_id=gone.id, is_final=True, why="閉店")
    answer = Caller().get("town_shops")
    (seen,) = answer.json()["results"]
    assert (seen["id"], seen["name"], seen["name_en"], seen["group"]) == (
        str(shop.id), "見本食堂", "Mihon Shokudo", "eat",
    )  # fmt: skip
    assert seen["details"]["point"] == {"latitude_e6": 32_210_000, "longitude_e6": 130_760_000}
    assert answer.json()["outline"][0] == {"latitude_e6": 32_300_000, "longitude_e6": 130_700_000}
    assert answer["Cache-Control"] == "public, max-age=60"
    again = Caller().client.get("/api/v1/wallet/town_shops", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("hour", "is_open", "changes"), [(1, False, 2), (2, True, 6), (6, False, 26)])
def test_the_door_is_told_for_the_instant(city, hour, is_open, changes) -> None:
    shop, silent = city.shop(), city.shop("時間を言わない店", "Silent")
    describe_shop(act(), shop_id=shop.id, details=DETAILS)
    seen = {each.id: each.door for each in town_shops(at=datetime(2026, 11, 4, hour, tzinfo=UTC)).results}
    door = seen[shop.id]
    assert (door.is_open, door.changes_at) == (is_open, datetime(2026, 11, 4 + changes // 24, changes % 24, tzinfo=UTC))
    assert seen[silent.id] is None


def test_trades_have_a_group_that_people_look_for() -> None:
    assert [group_of(code) for code in ("5812", "5462", "5921", "5912", "5942", "7298", "8011", "4121")] == [
        "eat", "food", "food", "health", "shopping", "leisure", "health", "other",
    ]  # fmt: skip
