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
