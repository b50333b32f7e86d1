"""The officers' desks, walked in a real browser: two IDs become one by two officers, and a glass is broken and told of."""

import pytest
from playwright.sync_api import expect

from tests.e2e.phone import phone

pytestmark = [pytest.mark.e2e]

DESK = {"viewport": {"width": 1280, "height": 900}, "device_scale_factor": 1}
REASON = "豪雨で連絡がとれず、救助に向かうため"


def come_in(desk, name):
    """Sign in as staff and show the app's code, which counts once: so each comes in once for all these walks."""
    desk.sign_in(name)
    desk.open("/admin/desk/merge")
    desk.says("職員用のページには", within_ms=15_000)
    desk.show_app_code()
    desk.says("待っている統合はありません", within_ms=15_000)
    return desk


@pytest.fixture(scope="module")
def officer(chromium, address):
    with phone(chromium, address, **DESK) as held:
        yield come_in(held, "窓口 見本美")


@pytest.fixture(scope="module")
def administrator(chromium, address):
    with phone(chromium, address, **DESK) as held:
        yield come_in(held, "管理 見本郎")


def arrive(visitor):
    """Become a new visitor; return the number that stands on the phone."""
    visitor.open("/sign-in/new")
    visitor.press("旅行で来た(何も登録しない)")
    visitor.says("使える残高")
    signs = visitor.api("/accounts/me")["resident_id"].replace("-", "")[-12:].upper()
    return " ".join((signs[:4], signs[4:8], signs[8:]))


def counter_code(person):
    """Ask for a code to be shown at the counter."""
    person.open("/me/id")
    person.press("窓口で本人確認")
    return person.page.locator(".counter-code").inner_text().replace(" ", "")


def test_two_officers_make_two_ids_one(new_phone, officer, administrator, pictures):
    first, second = officer, administrator
    with new_phone() as stays, new_phone() as goes:
        survivor, merged = arrive(stays), arrive(goes)
        first.open("/admin/desk/merge")
        first.page.get_by_label("残すIDの窓口コード").fill(counter_code(stays))
        first.page.get_by_label("閉じるIDの窓口コード").fill("AAAAAAAA")
        first.page.get_by_label("理由").fill("旅行のたびに作った二つのID")
        first.press("統合を提案する")
        expect(first.page.locator(".desk-field-wrong")).to_have_count(1)
        first.picture(pictures / "merge_refused.png")
        first.page.get_by_label("閉じるIDの窓口コード").fill(counter_code(goes))
        first.press("統合を提案する")
        first.says("統合を提案しました")
        first.says("あなたの提案です")
        expect(first.page.get_by_role("button", name="二つを一つにする")).to_have_count(0)
        first.picture(pictures / "merge_proposed.png")

        second.open("/admin/desk/merge")
        second.says(survivor)
        second.says(merged)
        second.picture(pictures / "merge_to_confirm.png")
        second.press("二つを一つにする")
        second.says("統合しました")
        second.says("待っている統合はありません")
        second.picture(pictures / "merge_done.png")

        stays.open("/messages")
        stays.says("2つのIDがひとつになりました", within_ms=15_000)
        stays.picture(pictures / "merge_message.png")
        goes.open("/me")
        goes.page.wait_for_url(lambda url: "/sign-in" in url)


def test_a_glass_is_broken_read_closed_and_told_of(new_phone, officer, pictures):
    desk = officer
    with new_phone() as person:
        number = arrive(person)
        desk.open("/admin/accounts/brokenglass/add/")
        desk.page.get_by_label("住民の番号").fill(number)
        desk.page.get_by_label("呼び名", exact=True).check()
        desk.page.get_by_label("理由（本人も読みます").fill("救助")
        desk.press("理由を記録して閲覧する")
        expect(desk.page.get_by_text("10字以上で書いてください（いまは2字です）。")).to_be_visible()
        desk.picture(pictures / "glass_refused.png")
        desk.page.get_by_label("理由（本人も読みます").fill(REASON)
        desk.press("理由を記録して閲覧する")
        desk.says("まで見られます")
        desk.says(number)
        desk.picture(pictures / "glass_open.png")
        desk.press("閲覧を終える")
        desk.says("閲覧を終えました")
        desk.says("呼び名")
        desk.picture(pictures / "glass_closed.png")

        person.open("/me/looked")
        person.press("いのちと安全を守る緊急の対応")
        person.says(REASON)
        person.picture(pictures / "glass_log.png")


def test_who_may_not_is_told_so_on_a_page(administrator, pictures):
    administrator.open("/admin/broadcasts/")
    expect(administrator.page.get_by_role("link", name="一斉のお知らせ").first).to_be_visible()
    expect(administrator.page.get_by_role("link", name="緊急の閲覧")).to_have_count(0)
    for path in ("brokenglass/add/", "mandate/add/"):
        administrator.open(f"/admin/accounts/{path}")
        administrator.says("あなたの役割では、この画面を使えません")
    administrator.picture(pictures / "not_allowed.png")
