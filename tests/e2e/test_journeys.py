"""Getting about: a tourist without an ID in English, a resident with places of their own, and the phone when nobody answers."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.e2e.phone import Phone

pytestmark = [pytest.mark.e2e]

STATION = {"latitude": 32.2163, "longitude": 130.7534}
SEA = {"latitude": 32.0, "longitude": 129.5}
NARROW = {"viewport": {"width": 320, "height": 640}}


@contextmanager
def standing(new_phone, where=STATION, **screen):
    """Open a phone that knows where it is and may say so."""
    with new_phone(**screen) as phone:
        phone.page.context.grant_permissions(["camera", "geolocation"])
        phone.page.context.set_geolocation(where)
        yield phone


def find(phone: Phone, typed: str, name: str) -> None:
    """Type a place as one does, and choose it of what is found."""
    phone.page.get_by_role("searchbox").fill(typed)
    phone.page.get_by_role("button", name=name).first.click()


def fits(phone: Phone) -> None:
    """Find the page accessible and no wider than the screen."""
    phone.is_accessible()
    wide = phone.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{phone.page.url} is {wide} pixels too wide"


def test_a_tourist_finds_the_way_in_english_and_keeps_it_without_a_connection(new_phone, pictures):
    with standing(new_phone, locale="en-GB") as tourist:
        tourist.open("/go")
        tourist.says("Where I am now")
        tourist.says("Stops near you")
        expect(tourist.page.locator(".near-vehicle").first).to_be_visible()
        fits(tourist)
        tourist.press("Find the way")
        tourist.says("Please choose where to go.")
        tourist.press("Choose where to go")
        find(tourist, "okoba com", "Okoba Community Center")
        tourist.picture(pictures / "go.png")
        tourist.press("Find the way")
        expect(tourist.page.locator(".journey").first).to_be_visible()
        tourist.says("Where I am now to Okoba Community Center")
        fits(tourist)
        tourist.picture(pictures / "journeys.png")
        earliest = tourist.page.locator(".journey").count()
        tourist.press("Later", exact=True)
        expect(tourist.page.locator(".journey").nth(earliest)).to_be_visible()
        tourist.page.locator(".journey").first.click()
        tourist.says("Get on")
        tourist.says("Get off")
        tourist.says("Total")
        tourist.page.get_by_text("Stops in between").first.click()
        fits(tourist)
        tourist.picture(pictures / "journey.png")
        tourist.press("Go this way")
        tourist.says("We are watching your trip")
        fits(tourist)

        tourist.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        tourist.page.context.set_offline(True)
        tourist.page.reload()
        tourist.says("Get on")
        tourist.says("This was kept on your phone", within_ms=20_000)
        fits(tourist)
        tourist.picture(pictures / "journey-offline.png")
        tourist.page.goto(f"{tourist.address}/go")
        tourist.says("Ways you looked at")
        tourist.page.context.set_offline(False)


def test_a_resident_goes_home_in_a_wheelchair_and_arrives_in_time(new_phone, pictures):
    with standing(new_phone) as hanako:
        hanako.sign_in("見本 花子")
        hanako.open("/go/saved")
        hanako.page.get_by_role("link", name=re.compile("自宅")).click()
        find(hanako, "いりょうせんたー", "人吉医療センター")
        hanako.says("自宅を登録しました")
        fits(hanako)
        hanako.open("/go")
        hanako.press("自宅へ")
        hanako.page.get_by_label("到着時刻").check()
        hanako.page.get_by_label("日にち").fill(in_a_week(hanako))
        hanako.page.get_by_label("時刻", exact=True).fill("10:30")
        hanako.page.get_by_role("link", name=re.compile("歩き方")).click()
        hanako.page.get_by_label("車いすで行く").check()
        hanako.page.get_by_label("30分まで").check()
        hanako.page.get_by_label("障がい者割引").check()
        fits(hanako)
        hanako.press("これで決める")
        hanako.says("車いすで行く")
        fits(hanako)
        hanako.press("行き方をさがす")
        hanako.says("までに到着")
        expect(hanako.page.locator(".journey, .empty").first).to_be_visible()
        fits(hanako)
        hanako.picture(pictures / "journeys-wheelchair.png")
        hanako.open("/go/options")
        hanako.press("すべてふつうにもどす")
        hanako.open("/go/saved")
        hanako.press("自宅を消す")
        hanako.says("自宅を消しました")


def in_a_week(phone: Phone) -> str:
    """Return a day that the timetable has, as the phone writes it."""
    return str(phone.page.evaluate("new Date(Date.now() + 7 * 86400000).toISOString().slice(0, 10)"))


def test_a_stop_tells_what_leaves_and_each_vehicle_where_it_is(new_phone, pictures):
    with standing(new_phone, **NARROW) as walker:
        walker.open("/go")
        walker.press("停留所を名前でさがす")
        find(walker, "hitoyoshieki", "人吉駅前")
        expect(walker.page.locator(".departure").first).to_be_visible()
        fits(walker)
        walker.picture(pictures / "stop.png")
        walker.press("お気に入りの停留所")
        walker.says("人吉駅前をお気に入りに入れました")
        walker.page.locator(".departure").first.click()
        expect(walker.page.locator(".run-call").first).to_be_visible()
        walker.says("停まるところ")
        fits(walker)
        walker.page.go_back()
        walker.press("ここから行く")
        walker.says("お気に入りの停留所")
        expect(walker.page.locator(".end").first).to_contain_text("人吉駅前")


def test_who_stands_in_the_sea_or_says_nothing_is_told_what_to_do(new_phone):
    with standing(new_phone, SEA) as sailor:
        sailor.open("/go")
        sailor.says("歩いて行ける停留所がありません")
        sailor.page.get_by_role("link", name=re.compile("行き先をえらぶ")).click()
        find(sailor, "市役所", "市役所前")
        sailor.press("行き方をさがす")
        expect(sailor.page.locator(".notice-warn, .empty").first).to_be_visible()
        fits(sailor)
    with new_phone() as silent:
        silent.open("/go/place?for=to")
        find(silent, "市役所", "市役所前")
        silent.press("行き方をさがす")
        silent.says("出発する場所をえらんでください。", within_ms=15_000)
        fits(silent)


def test_a_closed_road_is_told_and_a_kind_of_vehicle_is_left_out(new_phone, pictures):
    with standing(new_phone, {"latitude": 32.21401, "longitude": 130.75300}) as walker:
        walker.open("/go/options")
        walker.page.get_by_label("シェアサイクル").check()
        walker.page.get_by_label("列車").uncheck()
        expect(walker.page.get_by_label("バス", exact=True)).to_be_disabled()  # one kind stays
        fits(walker)
        walker.press("これで決める")
        walker.says("列車に乗らない")
        walker.open("/go/place?for=to")
        find(walker, "なかあおい", "中青井")
        walker.press("行き方をさがす")
        walker.page.get_by_role("link", name=re.compile("自転車で行く")).click()
        walker.says("中青井まで歩く")
        walker.says("100円")
        walker.says("【見本】水道管の工事")
        walker.says("通行止め")
        fits(walker)
        walker.picture(pictures / "journey-closed-road.png")
