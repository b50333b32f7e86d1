"""The town's screens: an officer lets a browser on the wall in with their phone, and it shows what everybody is told."""

import re
import secrets

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e]

WALL = {"viewport": {"width": 1280, "height": 720}, "device_scale_factor": 1}
SUBJECT = f"花火大会 {secrets.token_hex(3)}"


def let_in(screen, officer, kind, label, pictures):
    """Choose what a browser shall be, and let it in by the code that it shows."""
    screen.open("/screen")
    screen.page.get_by_label(kind).check()
    screen.is_accessible()
    screen.picture(pictures / "screen-start.png")
    screen.press("番号を出す")
    code = screen.page.locator(".let-in-code").inner_text()
    screen.is_accessible()
    screen.picture(pictures / "screen-code.png")
    officer.open(f"/device?code={code}")
    officer.says("同じ番号が出ていますか")
    officer.page.get_by_label("この機器の名前").fill(label)
    officer.is_accessible()
    officer.press("この機器を登録する")
    officer.says(f"{label}を登録しました")
    screen.says(label, within_ms=20_000)


def tell(desk):
    """Write to everybody from the desk."""
    desk.open("/admin/broadcasts/new")
    desk.show_app_code()
    desk.page.locator("#title_ja").fill(SUBJECT)
    desk.page.locator("#body_ja").fill("夜7時から、くま川のほとりです。")
    desk.page.locator("#title_en").fill(f"Fireworks {SUBJECT}")
    desk.page.locator("#body_en").fill("From 7 in the evening, by the river.")
    desk.press("見え方を確かめる")
    desk.page.get_by_role("button", name=re.compile("[0-9]+人に送る")).click()
    expect(desk.page.get_by_text(re.compile("配信中|配信済み")).first).to_be_visible(timeout=20_000)


def test_a_sign_shows_what_everybody_was_told_also_when_the_city_is_out_of_reach(new_phone, pictures):
    with new_phone(**WALL) as sign, new_phone() as officer:
        officer.sign_in("窓口 見本美")
        let_in(sign, officer, "表示の画面", "ロビーの画面", pictures)
        sign.is_accessible()
        officer.page.set_viewport_size({"width": 1280, "height": 900})
        tell(officer)
        sign.says(SUBJECT, within_ms=40_000)
        sign.says("くま川のほとり")
        sign.is_accessible()
        sign.picture(pictures / "signage.png")
        expect(sign.page.get_by_role("button")).to_have_count(0)
        assert sign.page.evaluate("localStorage.getItem('machi.offline')") is None

        sign.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        sign.page.context.set_offline(True)
        sign.page.reload()
        sign.says(SUBJECT)
        sign.says("からつながっていません", within_ms=20_000)
        sign.picture(pictures / "signage-offline.png")
        sign.page.context.set_offline(False)
        expect(sign.page.get_by_text("からつながっていません")).to_have_count(0, timeout=20_000)

        officer.page.set_viewport_size({"width": 390, "height": 844})
        officer.open("/me/town-devices")
        officer.says("/screen")
        officer.is_accessible()
        officer.picture(pictures / "town-devices.png")
        officer.press("ロビーの画面")
        officer.press("この機器を終わりにする")
        officer.says("ロビーの画面を終わりにしました")
        sign.says("この機器の登録は終わりました", within_ms=40_000)


@pytest.mark.parametrize(
    ("kind", "label", "door", "path"),
    [
        ("案内の端末", "1階の案内", "自分の電話で続ける", "/"),
        ("窓口の端末", "2番窓口", "窓口コードを出す", "/me/id/counter"),
    ],
)
def test_who_stands_before_it_goes_on_with_their_own_phone(new_phone, pictures, kind, label, door, path):
    with new_phone(viewport={"width": 820, "height": 1180}, device_scale_factor=1) as screen, new_phone() as officer:
        officer.sign_in("窓口 見本美")
        let_in(screen, officer, kind, label, pictures)
        screen.says(door)
        screen.says(f"{screen.address}{path}")
        screen.is_accessible()
        screen.picture(pictures / "screen.png")
        screen.page.get_by_label("English").check()
        screen.says("News from the city")
        screen.is_accessible()
        screen.picture(pictures / "screen-en.png")
        screen.open("/me")
        screen.page.wait_for_url(lambda url: url.endswith("/screen"))
