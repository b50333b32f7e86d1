"""Somebody takes home a copy of everything, and then closes their account; the counter does it for somebody else."""

import io
import json
import zipfile

import pytest
from playwright.sync_api import expect

from kernel.ids import new_id

pytestmark = [pytest.mark.e2e]

ARRIVE = """async ({email, name}) => {
  const token = () => document.cookie.split('; ').find(each => each.startsWith('csrftoken='))?.slice(10);
  const ask = (method, path, body) => fetch(path, {method, headers: {'Content-Type': 'application/json', 'X-CSRFToken': token()},
    body: JSON.stringify(body)});
  await fetch('/_allauth/browser/v1/config');
  await ask('POST', '/_allauth/browser/v1/auth/signup', {email, display_name: name});
  for (let tries = 0; tries < 100; tries += 1) {
    const {codes} = await (await fetch('/api/v1/accounts/demo_codes')).json();
    const letter = codes.find(each => each.to === email);
    if (letter) return (await ask('POST', '/_allauth/browser/v1/auth/email/verify', {key: letter.code})).status;
    await new Promise(done => setTimeout(done, 100));
  }
}"""


def arrive(held, name="試験 桜"):
    """Let somebody new arrive, whom no other story needs, and return their key."""
    held.open("/sign-in")
    assert held.page.evaluate(ARRIVE, {"email": f"{new_id().hex}@machi.example", "name": name}) == 200
    return held.api("/accounts/me")["resident_id"]


def test_a_copy_is_made_and_taken_home_and_then_the_account_is_closed(new_phone, pictures):
    with new_phone() as sakura:
        arrive(sakura)
        sakura.open("/me")
        sakura.says("つながらないときの証明")
        sakura.is_accessible()
        sakura.picture(pictures / "me.png")
        sakura.press("データの書き出し")
        sakura.says("まだ書き出したことがありません")
        sakura.press("データを書き出す")
        sakura.says("のデータを受け取る", within_ms=20_000)
        sakura.is_accessible()
        sakura.picture(pictures / "data.png")
        with sakura.page.expect_download() as fetched:
            sakura.page.get_by_role("button", name="のデータを受け取る").click()
        with zipfile.ZipFile(io.BytesIO(fetched.value.path().read_bytes())) as archive:
            assert json.loads(archive.read("accounts/profile.json"))["display_name"] == "試験 桜"
            assert "wallet/history.csv" in archive.namelist()

        sakura.open("/me/close")
        sakura.says("なくなるもの")
        sakura.is_accessible()
        sakura.picture(pictures / "close.png")
        sakura.press("アカウントを閉じる", exact=True)
        sakura.says("上に示したとおりに入力してください")
        sakura.page.get_by_role("textbox").fill("閉じる")
        sakura.press("アカウントを閉じる", exact=True)
        sakura.says("アカウントを閉じました")
        sakura.is_accessible()
        sakura.picture(pictures / "closed.png")
        assert sakura.page.evaluate("fetch('/api/v1/accounts/me').then(answer => answer.status)") == 401
        assert sakura.page.evaluate("indexedDB.databases().then(all => all.length)") in (0, 1)
        sakura.press("はじめの画面へ")
        expect(sakura.page.get_by_role("button", name="顔や指紋でサインイン")).to_be_visible()


def test_the_counter_closes_an_account_for_a_reason(new_phone, pictures):
    with new_phone() as sakura, new_phone() as officer:
        number = arrive(sakura)
        officer.sign_in("窓口 見本美")
        officer.open("/me")
        officer.press("住民のアカウントを閉じる")
        officer.page.get_by_role("textbox", name="住民の番号").fill(number.replace("-", " "))
        officer.press("内容を確かめる")
        officer.says("理由を入れてください")
        officer.page.get_by_role("textbox", name="理由").fill("ご遺族の届け出")
        officer.press("内容を確かめる")
        officer.show_app_code()
        officer.says("なくなるもの")
        officer.is_accessible()
        officer.picture(pictures / "desk.png")
        officer.press("このアカウントを閉じる")
        officer.says("アカウントを閉じました")
        sakura.open("/me/name")
        sakura.page.wait_for_url("**/sign-in**")
