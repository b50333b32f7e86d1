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


REPLAY = """async body => {
  await fetch('/_allauth/browser/v1/auth/webauthn/login');
  const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token };
  return (await fetch('/_allauth/browser/v1/auth/webauthn/login', { method: 'POST', headers, body })).status;
}"""
ON_ANOTHER_PAGE = """async domain => {
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const made = await navigator.credentials.get({ publicKey: { challenge, rpId: domain, userVerification: 'required' } })
    .catch(error => error);
  return made instanceof Error ? made.name : JSON.parse(new TextDecoder().decode(made.response.clientDataJSON)).origin;
}"""


def sign_out(phone):
    phone.open("/me")
    phone.press("サインアウト")
    phone.press("サインアウトする")
    phone.page.get_by_role("button", name="顔や指紋でサインイン").wait_for()


def test_a_replayed_answer_another_page_and_a_copy_are_refused(new_phone, pictures):
    with new_phone() as hanako:
        device = hanako.page.context.new_cdp_session(hanako.page)
        device.send("WebAuthn.enable")
        added = device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        here = {"authenticatorId": added["authenticatorId"]}
        hanako.sign_in("見本 花子")
        hanako.open("/me/passkeys")
        hanako.press("この機器で登録する")
        hanako.says("パスキーを登録しました")
        [made] = device.send("WebAuthn.getCredentials", here)["credentials"]

        sign_out(hanako)
        with hanako.page.expect_request(
            lambda asked: asked.method == "POST" and asked.url.endswith("auth/webauthn/login")
        ) as sent:
            hanako.press("顔や指紋でサインイン")
        hanako.says("使える残高")
        sign_out(hanako)
        assert hanako.page.evaluate(REPLAY, sent.value.post_data) == 400

        [used] = device.send("WebAuthn.getCredentials", here)["credentials"]
        assert used["signCount"] > made["signCount"]
        device.send("WebAuthn.removeCredential", here | {"credentialId": made["credentialId"]})
        device.send("WebAuthn.addCredential", here | {"credential": made})
        hanako.press("顔や指紋でサインイン")
        hanako.says("写しが作られたおそれがあります")
        hanako.picture(pictures / "passkey-copied.png")

        device.send("WebAuthn.removeCredential", here | {"credentialId": made["credentialId"]})
        device.send("WebAuthn.addCredential", here | {"credential": used})
        hanako.press("顔や指紋でサインイン")
        hanako.says("使える残高")
        hanako.open("/me/passkeys")
        hanako.page.get_by_role("button", name="に登録").click()
        hanako.page.get_by_role("dialog").get_by_role("button", name="登録を消す").click()
        hanako.says("パスキーを消しました")

        stranger = hanako.address.replace("localhost", "127.0.0.1")
        hanako.others.add(stranger.removeprefix("http://"))
        hanako.page.goto(stranger + "/healthz")
        assert hanako.page.evaluate(ON_ANOTHER_PAGE, "localhost") == "SecurityError"
