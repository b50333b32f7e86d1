"""How surely one is known: a card is laid down, an officer sees papers, a second factor is shown; in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e]


def lay_down(phone, holder, pictures):
    """Lay the mock card down on the provider's page."""
    phone.says("これは模擬です")
    phone.is_accessible()
    phone.picture(pictures / "card_mock.png")
    phone.page.get_by_label(holder).check()
    phone.page.get_by_label("暗証番号").fill("1234")
    phone.press("カードを読み取る")


def test_hanako_lays_down_her_card_and_signs_in_by_it(new_phone, pictures):
    with new_phone() as hanako:
        hanako.sign_in("見本 花子")
        hanako.open("/me")
        hanako.press("わたしのID")
        hanako.says("マイナンバーカードで確認")
        hanako.is_accessible()
        hanako.picture(pictures / "id.png")
        hanako.press("マイナンバーカードで確認")
        lay_down(hanako, "見本 花子", pictures)
        hanako.says("カードで確認しました")
        hanako.says("熊本県人吉市見本町1番地1")
        assert "code=" not in hanako.page.url
        assert hanako.api("/accounts/id")["level"] == 3
        hanako.is_accessible()
        hanako.picture(pictures / "id_by_card.png")
        hanako.press("本人確認の記録")
        hanako.says("レベル3")
        hanako.is_accessible()

        hanako.open("/me")
        hanako.press("サインアウト")
        hanako.press("サインアウトする")
        hanako.press("マイナンバーカードでサインイン")
        lay_down(hanako, "見本 花子", pictures)
        hanako.says("使える残高")
        assert hanako.api("/accounts/id")["authentication_level"] == 3


def test_who_breaks_off_at_the_card_is_told_and_may_try_again(new_phone, pictures):
    with new_phone() as taro:
        taro.sign_in("見本 太郎")
        taro.open("/me/id")
        taro.press("マイナンバーカードで確認")
        taro.page.get_by_text("うまくいかない場合を試す").click()
        taro.press("カードがロックされている")
        taro.says("カードの確認が終わりませんでした")
        taro.is_accessible()
        taro.press("もう一度ためす", exact=True)
        taro.says("レベルを上げる")
        assert taro.api("/accounts/id")["has_card"] is False


def test_an_officer_sees_papers_at_the_desk(new_phone, pictures):
    desk_screen = {"viewport": {"width": 1280, "height": 900}, "device_scale_factor": 1}
    with new_phone() as guest, new_phone(**desk_screen) as desk:
        guest.open("/sign-in/new")
        guest.press("旅行で来た(何も登録しない)")
        guest.says("使える残高")
        guest.open("/me/id")
        guest.is_accessible()
        guest.press("窓口で本人確認")
        code = guest.page.locator(".counter-code").inner_text().replace(" ", "")
        assert len(code) == 8
        guest.is_accessible()
        guest.picture(pictures / "counter_code.png")

        desk.sign_in("窓口 見本美")
        desk.open("/admin/desk/verify")
        desk.says("職員用のページには")
        desk.is_accessible()
        desk.picture(pictures / "step_up.png")
        desk.show_app_code()
        desk.says("書類のとおりに氏名", within_ms=15_000)
        desk.picture(pictures / "desk.png")
        expect(desk.page.get_by_label("窓口コード")).to_be_focused()
        desk.page.keyboard.type(code)
        desk.page.get_by_label("運転免許証").check()
        desk.page.get_by_label("氏名", exact=True).fill("旅野 あゆみ")
        desk.page.get_by_label("生年月日").fill("1995-07-14")
        desk.page.get_by_label("住所", exact=True).fill("東京都千代田区例町9番地9")
        desk.page.keyboard.press("Enter")
        desk.says("本人確認を記録しました")
        desk.picture(pictures / "desk_done.png")
        desk.open("/admin/desk/merge")
        desk.says("待っている統合はありません")
        desk.picture(pictures / "desk_merge.png")

        guest.open("/me/id")
        guest.says("窓口で本人確認が済んでいます")
        expect(guest.page.get_by_text("旅野 あゆみ")).to_be_visible()


def test_taking_away_an_app_asks_for_more_over_the_page_and_then_goes_on(new_phone, pictures):
    with new_phone() as boss:
        boss.sign_in("管理 見本郎")
        boss.open("/me/totp")
        boss.says("認証アプリを登録しています")
        boss.press("登録を消す")
        boss.page.get_by_role("dialog").get_by_role("button", name="登録を消す").click()
        boss.says("もう一度、本人確認")
        boss.is_accessible()
        boss.picture(pictures / "step_up_sheet.png")
        boss.press("いまはしない")
        boss.says("認証アプリを登録しています")
        assert boss.api("/accounts/id")["has_app"] is True
