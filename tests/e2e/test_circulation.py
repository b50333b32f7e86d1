"""An officer looks at where coins go, by all of the town and by one district, on a wide screen and on a narrow one."""

import pytest
from axe_core_python.sync_playwright import Axe

from tests.e2e.phone import RULES, phone
from tests.e2e.test_desk import DESK, come_in

pytestmark = [pytest.mark.e2e]
ROOT = "/admin/circulation/"


@pytest.fixture(scope="module")
def officer(chromium, address):
    with phone(chromium, address, **DESK) as held:
        yield come_in(held, "窓口 見本美")


def test_an_officer_reads_charts_sentences_and_tables(officer, pictures):
    officer.open(ROOT)
    officer.says("使われたコイン")
    officer.page.screenshot(path=pictures / "circulation.png", full_page=True)
    found = Axe().run(officer.page, context=".circulation", options=RULES)["violations"]
    assert [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]] == []
    officer.page.locator("#district").select_option("九日町")
    officer.press("表示する")
    officer.says("業種")
    officer.page.set_viewport_size({"width": 420, "height": 900})
    officer.page.screenshot(path=pictures / "circulation_narrow.png", full_page=True)
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
    assert not officer.page.evaluate(wide)
    officer.was_clean()
