"""Every screen as people meet it: no finding of axe, no other host, no violated policy."""

import pytest

pytestmark = [pytest.mark.e2e]


def test_a_resident_walks_through_the_five_places(new_phone, pictures):
    with new_phone() as hanako:
        hanako.open("/")
        hanako.is_accessible()
        hanako.picture(pictures / "welcome.png")
        hanako.sign_in("見本 花子")
        for name, path in {
            "home": "/",
            "go": "/go",
            "pay": "/pay",
            "office": "/office",
            "safe": "/safe",
            "me": "/me",
        }.items():
            hanako.open(path)
            hanako.page.wait_for_load_state("networkidle")
            hanako.is_accessible()
            hanako.picture(pictures / f"{name}.png")


def test_an_administrator_finds_the_administration_and_proves_the_audit_chain(new_phone, pictures):
    with new_phone(viewport={"width": 1280, "height": 900}, device_scale_factor=1) as kanri:
        kanri.sign_in("管理 見本郎")
        kanri.press("市の管理をひらく")
        kanri.show_app_code()
        kanri.says("監査記録")
        for name in ("wallet/payment", "wallet/account", "wallet/shop", "accounts/membership"):
            kanri.open(f"/admin/{name}/")
            kanri.page.locator("table").first.wait_for()
        assert kanri.page.request.get(f"{kanri.address}/admin/django_celery_beat/periodictask/").status == 404
        kanri.open("/admin/kernel/auditentry/")
        kanri.press("鎖をすべて検証する")
        kanri.says("すべて封印のとおりです")
        kanri.picture(pictures / "audit.png")
