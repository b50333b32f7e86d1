"""The city office writes to everybody, and a phone hears of it: on the open screen, and while the app is closed."""

import json
import re
import secrets

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e]

SUBJECT = f"断水のお知らせ {secrets.token_hex(3)}"


def test_an_officer_writes_and_an_open_phone_shows_it_at_once(new_phone, pictures):
    with new_phone() as hanako, new_phone(viewport={"width": 1280, "height": 900}, device_scale_factor=1) as desk:
        hanako.sign_in("見本 花子")
        hanako.says("使える残高")
        before = hanako.api("/accounts/messages/unread")["unread"]
        desk.sign_in("窓口 見本美")
        desk.open("/admin/broadcasts/new")
        desk.show_app_code()
        desk.page.locator("#title_ja").fill(SUBJECT)
        desk.page.locator("#body_ja").fill("明日の朝9時から、九日町で水が止まります。\n水をためておいてください。")
        desk.page.locator("#title_en").fill(f"No water: {SUBJECT}")
        desk.page.locator("#body_en").fill("Tomorrow from 9 in the morning.")
        desk.picture(pictures / "broadcast-write.png")
        desk.press("見え方を確かめる")
        desk.says("スマートフォンでの見え方")
        desk.picture(pictures / "broadcast-look.png")
        desk.page.get_by_role("button", name=re.compile("[0-9]+人に送る")).click()
        bell = hanako.page.get_by_role("link", name=re.compile(f"読んでいないもの{before + 1}件"))
        expect(bell).to_be_visible(timeout=15_000)
        hanako.says(SUBJECT)  # the card on Home
        hanako.is_accessible()
        hanako.picture(pictures / "home-cards.png")
        bell.click()
        hanako.page.get_by_role("link", name=SUBJECT).wait_for()
        hanako.is_accessible()
        hanako.picture(pictures / "messages.png")
        hanako.page.get_by_role("link", name=SUBJECT).click()
        hanako.says("水をためておいてください。")
        hanako.is_accessible()
        hanako.picture(pictures / "message.png")
        expect(desk.page.get_by_text("配信済み").first).to_be_visible(timeout=20_000)
        desk.picture(pictures / "broadcast-done.png")
        assert hanako.api("/accounts/messages/unread")["unread"] == before


def test_how_messages_come_is_chosen_and_kept(new_phone, pictures):
    with new_phone() as taro:
        taro.sign_in("見本 太郎")
        taro.open("/me/messages")
        quiet = taro.page.get_by_role("checkbox", name="夜は知らせない")
        quiet.wait_for()
        if quiet.is_checked():
            quiet.click()
            expect(taro.page.get_by_label("始まり")).to_have_count(0)
        quiet.click()
        expect(taro.page.get_by_label("始まり")).to_have_value("22:00")
        taro.is_accessible()
        taro.picture(pictures / "message-settings.png")
        taro.open("/me/messages")
        expect(taro.page.get_by_label("終わり")).to_have_value("07:00")
        assert taro.api("/accounts/message_settings")["quiet_from"] == "22:00"


def test_home_shows_what_was_chosen(new_phone, pictures):
    with new_phone() as taro:
        taro.sign_in("見本 太郎")
        taro.press("ホームに出すものを選ぶ")
        passkey = taro.page.get_by_role("group", name="パスキーの登録のすすめ")
        passkey.get_by_role("checkbox", name="はじめに出す").check()
        taro.says("保存しました")
        taro.is_accessible()
        taro.picture(pictures / "home-choices.png")
        assert taro.api("/accounts/home")["cards"][0]["kind"] == "accounts.passkey"
        passkey.get_by_role("checkbox", name="はじめに出す").uncheck()
        expect(passkey.get_by_role("checkbox", name="はじめに出す")).not_to_be_checked()


def test_a_push_shows_while_the_app_is_closed_and_leads_to_the_message(new_phone):
    """Chromium hands the worker a push itself: no vendor's service stands on this machine."""
    with new_phone() as hanako:
        hanako.page.context.grant_permissions(["notifications"], origin=hanako.address)
        hanako.sign_in("見本 花子")
        hanako.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        browser = hanako.page.context.new_cdp_session(hanako.page)
        workers = []
        browser.on("ServiceWorker.workerRegistrationUpdated", lambda found: workers.extend(found["registrations"]))
        browser.send("ServiceWorker.enable")
        hanako.page.wait_for_timeout(500)
        (worker,) = {each["registrationId"] for each in workers if each["scopeURL"].startswith(hanako.address)}
        words = {
            "tag": "t1",
            "title": "川の水がふえています",
            "body": "高い所へ",
            "lang": "ja",
            "link": "/messages",
            "life": True,
        }
        for body in ("高い所へ", "いますぐ高い所へ"):
            push = {"origin": hanako.address, "registrationId": worker, "data": json.dumps(words | {"body": body})}
            browser.send("ServiceWorker.deliverPushMessage", push)
        browser.send(
            "ServiceWorker.deliverPushMessage", {"origin": hanako.address, "registrationId": worker, "data": "{"}
        )
        hanako.page.wait_for_timeout(500)
        shown = hanako.page.evaluate(
            """async () => (await (await navigator.serviceWorker.ready).getNotifications())
                 .map(each => [each.tag, each.title, each.body, each.data.link])"""
        )
        assert sorted(shown)[1] == ["t1", "川の水がふえています", "いますぐ高い所へ", "/messages"]
        assert [tag for tag, *_rest in sorted(shown)] == ["messages", "t1"]
