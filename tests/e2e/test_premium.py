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
