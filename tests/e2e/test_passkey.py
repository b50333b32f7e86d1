"""A phone learns its owner's face once and lets them in by it from then on; here Chromium plays the phone's authenticator."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e]

AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def test_a_passkey_is_made_used_and_removed(new_phone, pictures):
    with new_phone() as taro:
        device = taro.page.context.new_cdp_session(taro.page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        taro.sign_in("見本 太郎")
        who = taro.api("/accounts/me")["resident_id"]
        taro.open("/me/passkeys")
        taro.press("この機器で登録する")
        taro.says("パスキーを登録しました")
        taro.is_accessible()
        taro.picture(pictures / "passkeys.png")

        taro.open("/me")
        taro.press("サインアウト")
        taro.press("サインアウトする")
        taro.press("顔や指紋でサインイン")
        taro.says("使える残高")
        assert taro.api("/accounts/me")["resident_id"] == who

        taro.open("/me/passkeys")
        rows = taro.page.get_by_role("button", name="に登録")
        rows.first.wait_for()
        many = rows.count()
        rows.last.click()
        taro.page.get_by_role("dialog").get_by_role("button", name="登録を消す").click()
        taro.says("パスキーを消しました")
        expect(rows).to_have_count(many - 1)
