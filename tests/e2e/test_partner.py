"""An officer registers a library, a resident signs in there and takes it back; a till is let in by the manager and ended."""

import re

import pytest

from tests.e2e.partner import partner_at_the_door

pytestmark = [pytest.mark.e2e]


def register(staff, library):
    """Register the library in the administration and hand its secret over."""
    staff.open("/admin/accounts/organisation/add/")
    staff.show_app_code()
    staff.page.locator("[name=name]").fill("例の図書館協会")
    staff.page.locator("[name=name_en]").fill("Rei Library Association")
    staff.page.locator("[name=kind]").select_option("partner")
    staff.page.locator("[name=_save]").click()
    staff.open("/admin/accounts/partner/add/")
    staff.page.locator("[name=organisation]").select_option(label="例の図書館協会")
    staff.page.locator("[name=kind]").select_option("web")
    for name, value in {
        "name": "例の図書館",
        "name_en": "Rei Library",
        "contacts": "03-0000-0000",
        "why": "協定",
    }.items():
        staff.page.locator(f"[name={name}]").fill(value)
    staff.page.locator("[name=scopes][value=profile]").check()
    staff.page.locator("[name=redirect_uris]").fill(library.redirect_uri)
    staff.page.locator("[name=_save]").click()
    staff.says("いまだけ表示します")
    client_id, secret = (each.inner_text() for each in staff.page.locator("code").all())
    library.knows_itself(client_id, secret)


@pytest.mark.slow  # three people, two servers
def test_a_resident_signs_in_at_a_partner_and_takes_it_back(new_phone, address, pictures):
    with partner_at_the_door(address) as library:
        with new_phone(viewport={"width": 1280, "height": 900}, device_scale_factor=1) as staff:
            staff.sign_in("管理 見本郎")
            register(staff, library)
        with new_phone() as hanako:
            hanako.others = {f"127.0.0.1:{library.port}", f"localhost:{library.port}"}
            hanako.page.goto(library.door())  # nobody is signed in: the city asks who it is, and comes back by itself
            hanako.page.get_by_role("button", name="見本 花子").or_(
                hanako.page.get_by_role("link", name="見本 花子")
            ).first.click()
            hanako.page.get_by_role("button", name="を入れる").click()
            hanako.says("例の図書館 にサインインしますか？")
            hanako.is_accessible()
            hanako.picture(pictures / "consent.png")
            hanako.press("同意してサインインする")
            hanako.says("Welcome to the library")  # through the callback and on to another host
            assert list(library.visitor) == ["sub"]
            assert library.still_knows()

            hanako.open("/me/connections")
            hanako.says("例の図書館")
            hanako.is_accessible()
            hanako.picture(pictures / "connections.png")
            hanako.press("例の図書館")
            hanako.page.get_by_role("dialog").get_by_role("button", name="つながりをやめる").click()
            hanako.says("とのつながりをやめました")
            assert not library.still_knows()

            hanako.page.goto(library.door())
            hanako.press("やめる", exact=True)
            hanako.says("Welcome to the library")
            assert library.visitor == {"error": "access_denied"}


def test_a_resident_sees_what_a_service_may_read_and_takes_one_thing_back(new_phone, pictures):
    with new_phone() as hanako, new_phone() as other_phone:
        hanako.sign_in("見本 花子")
        hanako.open("/me/looked")
        hanako.press("見本図書館協会（お試し）が「連携サービスでの表示と連絡」のために")
        hanako.says("よりどころになった同意を見る")
        hanako.is_accessible()
        hanako.picture(pictures / "looked-consent.png")
        hanako.open("/me/connections")
        hanako.says("いま読めるもの: メールアドレスや電話番号、呼び名")
        hanako.press("見本こども図書館")
        hanako.is_accessible()
        hanako.picture(pictures / "connection.png")
        hanako.page.get_by_role("dialog").get_by_role("link", name="呼び名").click()
        row = hanako.page.locator(".consent-class", has_text="呼び名")
        row.get_by_role("button").click()
        hanako.says("同意を取り消しました")
        other_phone.sign_in("見本 花子")
        other_phone.open("/me/connections")
        other_phone.says("いま読めるもの: メールアドレスや電話番号 ·")
        hanako.press("元にもどす")
        hanako.says("もう一度同意しました")


@pytest.mark.slow  # a till waits five seconds between its questions
def test_a_till_is_let_in_by_the_manager_and_ended(new_phone, pictures):
    with new_phone(viewport={"width": 820, "height": 1180}) as till, new_phone() as manager:
        till.open("/till")
        till.is_accessible()
        till.press("このレジ端末を登録")
        till.says("お店の責任者の電話で")
        till.is_accessible()
        till.picture(pictures / "register.png")
        code = re.search(r"[A-Z]{4}-[A-Z]{4}", till.page.inner_text("main"))[0]

        manager.sign_in("店長 見本子")
        manager.open(f"/device?code={code}")
        manager.says("レジを登録しますか")
        manager.page.get_by_label("この機器の名前").fill("入口のレジ")
        manager.is_accessible()
        manager.picture(pictures / "let_in.png")
        manager.press("この機器を登録する")
        manager.says("入口のレジを登録しました")

        till.says("お会計の金額", within_ms=20_000)
        till.open("/pay")  # a till is nobody: there is nothing of a person's to see
        till.says("お会計の金額", within_ms=10_000)
        till.picture(pictures / "till_device.png")

        manager.open("/me/town-devices")
        manager.is_accessible()
        manager.picture(pictures / "town_devices.png")
        manager.press("入口のレジ")
        manager.page.get_by_role("dialog").get_by_role("button", name="この機器を終わりにする").click()
        manager.says("を終わりにしました")
        till.open("/till")
        till.says("この機器の登録は終わりました", within_ms=10_000)
