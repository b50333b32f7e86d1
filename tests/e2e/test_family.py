"""A mother acts for her child; a grandson takes up an invitation and is sent back to himself the moment it ends."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e]

BACK_WITHIN_MS = 9000  # another's wallet is asked for every five seconds


def _balance(phone) -> int:
    return phone.api("/wallet/balance")["available"]


def _act_for(phone, name: str) -> None:
    phone.open("/me/family")
    phone.press(f"{name}さんの代理をする")
    phone.says(f"{name}さんの代理で使っています")


def _shown_balance(phone) -> str:
    """Return the large number as it is read aloud."""
    number = phone.page.locator(".balance .money .hidden")
    number.wait_for(state="attached")
    return number.inner_text()


def test_a_mother_acts_for_her_child_and_is_herself_again(new_phone, pictures):
    with new_phone() as hanako:
        hanako.sign_in("見本 花子")
        hanako.says("使える残高")
        own = _shown_balance(hanako)
        hanako.open("/me/family")
        hanako.says("見本 桃子")
        hanako.is_accessible()
        hanako.picture(pictures / "family.png")

        asked = []
        hanako.page.on("request", lambda request: asked.append((request.url, request.headers.get("machi-for"))))
        hanako.press("見本 桃子さんの代理をする")
        hanako.says("見本 桃子さんの代理で使っています")
        hanako.says("見本 桃子さんのホーム")
        hanako.page.wait_for_load_state("networkidle")
        for_child = {person for url, person in asked if "/wallet/" in url}
        assert len(for_child) == 1
        assert None not in for_child
        assert _shown_balance(hanako) != own
        hanako.is_accessible()
        hanako.picture(pictures / "acting-home.png")
        assert own not in hanako.page.inner_text("body")

        for path, name in (("はらう", "acting-pay"), ("てつづき", "acting-office")):
            hanako.page.get_by_role("navigation").get_by_role("link", name=path).click()
            hanako.says("見本 桃子さんの代理で使っています")
            hanako.is_accessible()
            hanako.picture(pictures / f"{name}.png")
        hanako.page.get_by_role("navigation").get_by_role("link", name="ホーム").click()
        hanako.press("マイページ")
        hanako.says("代理している方のID")
        hanako.is_accessible()
        hanako.picture(pictures / "acting-me.png")

        hanako.press("自分にもどる")
        hanako.says("見本 花子さん、こんにちは")
        hanako.page.wait_for_load_state("networkidle")
        assert _shown_balance(hanako) == own
        expect(hanako.page.get_by_text("代理で使っています")).to_have_count(0)


def test_a_reload_and_a_sign_out_end_acting_and_nothing_of_the_child_stays(new_phone):
    with new_phone() as hanako:
        hanako.sign_in("見本 花子")
        hanako.says("使える残高")
        own = _shown_balance(hanako)
        _act_for(hanako, "見本 桃子")
        hanako.says("使える残高")
        hanako.page.wait_for_load_state("networkidle")
        hanako.page.reload()
        hanako.says("見本 花子さん、こんにちは")
        assert _shown_balance(hanako) == own
        kept = hanako.page.evaluate("() => localStorage.getItem('machi.offline')")
        assert "見本 桃子" not in kept
        assert f'"available":{own.removesuffix("円").replace(",", "")}' in kept


def test_what_is_not_entrusted_is_said_kindly(new_phone, pictures):
    with new_phone() as taro:
        taro.sign_in("見本 太郎")
        _act_for(taro, "見本 一")
        taro.is_accessible()
        taro.picture(pictures / "acting-care.png")
        taro.page.get_by_role("navigation").get_by_role("link", name="はらう").click()
        taro.says("この画面は、見本 一さんの代理では使えません")
        taro.is_accessible()
        taro.picture(pictures / "out-of-scope.png")
        taro.page.get_by_role("button", name="自分にもどる").last.click()
        taro.says("使える残高")


def test_a_grandson_takes_up_an_invitation_and_falls_back_when_it_ends(new_phone, pictures):
    with new_phone() as hanako, new_phone() as taro:
        hanako.sign_in("見本 花子")
        before = _balance(hanako)
        hanako.open("/me/family/invite")
        hanako.press("招待のコードを出す")
        hanako.says("任せるサービスを1つ以上選んでください")
        hanako.is_accessible()
        hanako.page.get_by_label("おさいふ").check()
        hanako.picture(pictures / "invite.png")
        hanako.press("招待のコードを出す")
        hanako.says("最初に受けた方が代理になります")
        hanako.is_accessible()
        hanako.picture(pictures / "invite-code.png")
        hanako.page.get_by_text("読めないときの文字").click()
        token = hanako.page.locator(".qr-letters").inner_text().replace(" ", "")

        taro.open(f"/family/join#{token}")
        taro.says("家族からの招待です")
        assert token not in taro.page.url
        taro.picture(pictures / "join-stranger.png")
        taro.press("サインインしてつづける")
        taro.page.get_by_role("button", name="見本 太郎").or_(
            taro.page.get_by_role("link", name="見本 太郎")
        ).first.click()
        taro.page.get_by_role("button", name="を入れる").click()
        taro.says("見本 花子さんからの招待です")
        taro.says("この招待を受けて、代理を引き受けますか")
        taro.is_accessible()
        taro.picture(pictures / "join.png")
        taro.press("引き受ける", exact=True)
        taro.says("見本 花子さんの代理ができるようになりました")
        hanako.says("見本 太郎さんが代理になりました", within_ms=9000)
        hanako.picture(pictures / "invite-taken.png")

        taro.press("見本 花子さんの代理をする")
        taro.says("見本 花子さんの代理で使っています")
        taro.says("使える残高")
        assert _shown_balance(taro) == f"{before:,}円"
        taro.picture(pictures / "acting-grandson.png")

        hanako.press("家族・代理へ")
        hanako.page.locator(".person", has_text="見本 太郎").get_by_role("button", name="代理をやめてもらう").click()
        hanako.page.get_by_role("dialog").get_by_role("button", name="代理をやめてもらう").click()
        hanako.says("代理をやめてもらいました")

        taro.says("見本 花子さんの代理は終わりました", within_ms=BACK_WITHIN_MS)
        taro.says("見本 太郎さん、こんにちは")
        taro.is_accessible()
        taro.picture(pictures / "fell-back.png")
        taro.press("わかりました")
        assert _balance(hanako) == before
