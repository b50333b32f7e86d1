"""A resident applies for coins with a bonus, and recomputes a draw on the phone."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e]


def test_one_applies_and_recomputes_a_draw(new_phone):
    with new_phone() as taro:
        taro.sign_in("太郎")
        taro.open("/pay/premium")
        taro.says("年末プレミアム")
        taro.is_accessible()
        taro.press("年末プレミアム")
        taro.says("希望の口数")
        taro.is_accessible()
        page = taro.page
        already = page.get_by_text("わたしの抽選券")
        if not already.count():
            taro.press("口を申し込む")
        expect(already).to_be_visible()
        taro.open("/pay/premium")
        taro.press("冬のプレミアム")
        taro.press("抽選を自分で確かめる")
        taro.press("この電話で計算し直す")
        taro.says("公表されたとおりです")
        taro.is_accessible()


def test_one_gives_a_purchase_by_card_up_and_then_makes_it(new_phone, pictures):
    with new_phone() as hanako:
        hanako.sign_in("見本 花子")
        before = hanako.api("/wallet/balance")["available"]
        hanako.open("/pay/premium")
        hanako.press("きじ馬プレミアム")
        hanako.says("買う口数")
        hanako.is_accessible()
        hanako.picture(pictures / "premium_by_card.png")
        hanako.press("5,000円をカードではらう")
        hanako.page.wait_for_url("**/demo/stripe/pay/**")
        hanako.page.go_back()
        hanako.page.reload()
        hanako.says("1口の支払いが途中です")
        hanako.is_accessible()
        hanako.picture(pictures / "premium_being_paid.png")
        hanako.press("支払いを続ける")
        hanako.says("口は期限まで取っておきます")
        hanako.is_accessible()
        hanako.picture(pictures / "premium_open.png")
        hanako.press("買うのをやめる")
        hanako.says("購入は行われませんでした")
        hanako.is_accessible()
        hanako.picture(pictures / "premium_given_up.png")
        assert hanako.api("/wallet/balance")["available"] == before
        hanako.press("もう一度買う")
        hanako.says("買う口数")
        hanako.press("5,000円をカードではらう")
        hanako.page.wait_for_url("**/demo/stripe/pay/**")
        hanako.page.get_by_role("textbox").first.fill("4242424242424242")
        hanako.page.get_by_role("button").first.click()
        hanako.says("買いました", within_ms=15_000)
        hanako.says("1,000円")
        hanako.is_accessible()
        hanako.picture(pictures / "premium_bought.png")
        assert hanako.api("/wallet/balance")["available"] == before + 6000
