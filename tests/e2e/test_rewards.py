"""A resident looks at stamps, a coupon for families and her link; a manager makes a card; an officer sees what became of it."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e]
NARROW = {"viewport": {"width": 360, "height": 740}}


def test_a_card_more_than_half_full_a_coupon_that_says_why_and_a_link_to_share(new_phone, pictures):
    with new_phone(**NARROW) as hanako:
        hanako.sign_in("見本 花子")
        hanako.open("/pay/stamps")
        hanako.says("まちあるきスタンプ 5つのお店")
        expect(hanako.page.get_by_role("img", name="スタンプ5個のうち3個がたまっています")).to_be_visible()
        hanako.is_accessible()
        hanako.picture(pictures / "stamps.png")
        hanako.press("まちあるきスタンプ 5つのお店")
        hanako.says("同じお店では1個まで")
        hanako.says("例の湯 温泉町")
        hanako.is_accessible()
        hanako.picture(pictures / "stamp-card.png")
        hanako.open("/pay/coupons")
        hanako.says("あなた向けのクーポン")
        hanako.is_accessible()
        hanako.picture(pictures / "coupons.png")
        hanako.press("子育て家庭の方へ 300円引き")
        hanako.says("このクーポンが出ている理由")
        hanako.says("お子さまがいる方")
        hanako.is_accessible()
        hanako.picture(pictures / "because.png")
        hanako.open("/pay/referral")
        hanako.says("相手には「お茶なかま」と見えます。")
        hanako.is_accessible()
        hanako.picture(pictures / "referral.png")
        hanako.was_clean()


def test_a_manager_makes_a_stamp_card_and_stops_it(new_phone, pictures):
    with new_phone(**NARROW) as manager:
        manager.sign_in("店長 見本子")
        shop = manager.api("/wallet/shops")["results"][0]["id"]
        manager.open(f"/till/{shop}/campaigns")
        manager.says("見本のお茶カード")
        manager.is_accessible()
        manager.picture(pictures / "campaigns.png")
        manager.press("スタンプカードを作る")
        manager.press("お客さまに出す")
        manager.says("入れてください。")
        manager.is_accessible()
        manager.page.get_by_label("名前", exact=True).fill("お昼のカード")
        manager.page.get_by_label("英語の名前").fill("Rainy days")
        manager.page.get_by_label("何円引き").fill("２００")
        manager.page.get_by_label("対象の商品の目印").fill("lunch")
        manager.page.screenshot(path=pictures / "new-card.png", full_page=True)
        manager.press("お客さまに出す")
        manager.says("お昼のカード")
        manager.says("「lunch」のお会計")
        manager.picture(pictures / "campaigns-with-goods.png")
        with new_phone() as hanako:
            hanako.sign_in("見本 花子")
            hanako.open("/pay/stamps")
            hanako.page.get_by_role("link", name="お昼のカード").last.click()
            hanako.says("「lunch」を500円以上買ったお会計で1個")
            hanako.is_accessible()
            hanako.page.screenshot(path=pictures / "card-of-goods.png", full_page=True)
        row = manager.page.get_by_role("listitem").filter(has_text="お昼のカード")
        row.get_by_role("button", name="止める").click()
        expect(row.get_by_role("button", name="また出す")).to_be_visible()
        manager.was_clean()
