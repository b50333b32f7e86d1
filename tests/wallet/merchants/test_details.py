"""What a shop tells its customers, and who may say it."""

import msgspec
import pytest
from django.db import IntegrityError, connection

from accounts.selectors import principal_of
from kernel import clock
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act
from wallet.engine.hours import Hours, Span
from wallet.engine.shops import ShopDetails, ShopPoint
from wallet.errors import HoursUnsound, ShopClosed
from wallet.models import Shop
from wallet.selectors.shops import details_of
from wallet.selectors.town_shops import why_no_outline
from wallet.services import describe_shop, stop_shop

DETAILS = ShopDetails(
    kind="食堂", kind_en="Diner", address="九日町1", address_en="1 Kokonokamachi", telephone="0966-00-0001",
    point=ShopPoint(latitude_e6=32_210_000, longitude_e6=130_760_000),
    hours=Hours(spans=[Span(days=["mon"], opens="09:00", closes="17:00")], holidays="closed"),
)  # fmt: skip


def by(person) -> Act:
    return Act(principal_of(person.resident_id), at=clock.now())


def test_the_manager_tells_where_the_shop_is_and_when_it_opens(city) -> None:
    shop = city.shop()
    assert describe_shop(by(shop.manager), shop_id=shop.id, details=DETAILS) == DETAILS
    assert details_of(Shop.objects.get(pk=shop.id)) == DETAILS
    assert describe_shop(by(shop.manager), shop_id=shop.id, details=ShopDetails()) == ShopDetails()


@pytest.mark.parametrize(("who", "refusal"), [("cashier", NotAllowed), ("stranger", NotFound)])
def test_nobody_else_does(city, who, refusal) -> None:
    shop = city.shop()
    person = shop.cashier if who == "cashier" else city.shop("別の店").manager
    with pytest.raises(refusal):
        describe_shop(by(person), shop_id=shop.id, details=DETAILS)
    assert details_of(Shop.objects.get(pk=shop.id)) == ShopDetails()


def test_hours_that_cannot_be_are_refused_and_a_closed_shop_stays_as_it_was(city) -> None:
    shop = city.shop()
    backwards = ShopDetails(hours=Hours(spans=[Span(days=["mon"], opens="17:00", closes="09:00")]))
    with pytest.raises(HoursUnsound):
        describe_shop(by(shop.manager), shop_id=shop.id, details=backwards)
    stop_shop(by(city.city_office()[1]), shop_id=shop.id, is_final=True, why="閉店")
    with pytest.raises(ShopClosed):
        describe_shop(by(shop.manager), shop_id=shop.id, details=DETAILS)
    assert details_of(Shop.objects.get(pk=shop.id)) == ShopDetails()


def test_a_place_in_another_town_is_refused_unless_the_register_says_so(city, settings) -> None:
    shop, away = city.shop(), ShopDetails(point=ShopPoint(latitude_e6=32_803_100, longitude_e6=130_707_900))
    answer = shop.manager.ask("PUT", f"shops/{shop.id}/details", msgspec.to_builtins(away))
    assert (answer.status_code, answer.json()["code"]) == (422, "place_outside_town")
    assert Shop.objects.get(pk=shop.id).latitude_e6 is None
    describe_shop(by(city.city_office()[1]), shop_id=shop.id, details=away, why="市境の店")
    assert Shop.objects.get(pk=shop.id).latitude_e6 == 32_803_100
    settings.CITY = settings.CITY | {"area": ""}
    assert shop.manager.ask("PUT", f"shops/{shop.id}/details", msgspec.to_builtins(away)).status_code == 200


def test_an_outline_that_cannot_be_read_stops_the_city_at_the_door(settings) -> None:
    assert why_no_outline() is None
    settings.CITY = settings.CITY | {"area": "32,130 33,131"}
    assert (
        why_no_outline()
        == "MACHI_CITY_AREA cannot be read: an outline is at least three corners, each latitude,longitude"
    )


@pytest.mark.parametrize(
    "change",
    [
        "latitude_e6 = 32200000",
        "longitude_e6 = 130700000",
        "latitude_e6 = 91000000, longitude_e6 = 0",
        "telephone = 'ask me'",
    ],
)
def test_the_table_refuses_half_a_place(city, change) -> None:
    city.shop()
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(f"UPDATE wallet_shop SET {change}")


def test_the_history_names_the_shop_in_latin_letters_too(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    hanako.post("payments", {"code": shop.code, "amount": 500})
    hanako.code()
    shop.cashier.post(f"shops/{shop.id}/holds", {"customer_code": hanako.code(), "amount": 10})
    lines = hanako.get("history").json()["results"]
    assert [(line["kind"], line["shop_name"], line["shop_name_en"]) for line in lines] == [
        ("hold", "見本食堂", "Mihon Shokudo"), ("payment", "見本食堂", "Mihon Shokudo"), ("top_up", None, None),
    ]  # fmt: skip
