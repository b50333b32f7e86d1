"""Officers at the desks of getting about: what runs now, notices, timetables, and a sign that shows the stop they choose."""

import re
import secrets

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from mobility.gateways.feed_files import pack
from tests.e2e.phone import RULES, phone
from tests.e2e.test_desk import DESK, come_in
from tests.e2e.test_screens import WALL, let_in
from tests.mobility.feeds import written

pytestmark = [pytest.mark.e2e]
SIGN = f"駅前の画面 {secrets.token_hex(2)}"
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def officer(chromium, address):
    with phone(chromium, address, **DESK) as held:
        yield come_in(held, "窓口 見本美")


def is_well_made(desk):
    """Find nothing with axe, and nothing that is too wide for a phone, also in letters twice as large."""
    found = Axe().run(desk.page, context=".coin-desk", options=RULES)["violations"]
    assert [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]] == []
    before = desk.page.viewport_size
    desk.page.set_viewport_size(NARROW)
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
    for size in ("100%", "200%"):
        desk.page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
        assert not desk.page.evaluate(wide), (desk.page.url, size)
    desk.page.evaluate("document.documentElement.style.fontSize = ''")
    desk.page.set_viewport_size(before)


def whole(desk, file):
    """Take a picture of all of a page."""
    desk.page.screenshot(path=file, full_page=True)


def test_what_runs_now_is_looked_after(officer, pictures):
    officer.open("/admin/live/")
    officer.says("見本バス：遅れと運休")
    officer.says("時刻表の便と合っています")
    is_well_made(officer)
    whole(officer, pictures / "live.png")
    officer.press("提供元を加える")
    officer.page.get_by_label("名前", exact=True).fill("となり町のバス")
    officer.page.get_by_label("アドレス", exact=True).fill("http://192.168.1.5/rt")
    officer.press("この提供元を加える")
    officer.says("市の中のアドレスには取りに行けません。")
    officer.says("時刻表の提供元を選んでください。")
    expect(officer.page.get_by_label("アドレス", exact=True)).to_have_value("http://192.168.1.5/rt")
    is_well_made(officer)
    whole(officer, pictures / "live_refused.png")

    officer.open("/admin/live/")
    officer.press("見本サイクル")
    officer.press("いま取りに行ってみる")
    officer.says("いま取りに行きました。届いています：ポート12か所")
    officer.page.locator("summary", has_text="一時停止する").click()
    officer.page.locator("#why-pause").fill("ポートの点検のため")
    officer.page.locator("button[value=pause]").press("Enter")  # by the keyboard as well
    officer.says("一時停止中")
    is_well_made(officer)
    whole(officer, pictures / "live_paused.png")
    officer.press("再開する")
    officer.says("再開しました")


def test_a_notice_is_written_looked_at_published_and_withdrawn(officer, new_phone, pictures):
    officer.open("/admin/service-alerts/new")
    officer.page.locator("#header_ja").fill("祭りのため九日町のバス停が移ります")
    officer.page.locator("#description_ja").fill("15時から21時まで、50m東のりばになります。")
    officer.page.locator("summary", has_text="英語").click()
    officer.page.locator("#header_en").fill("Kokonokamachi stop moves for the festival")
    officer.page.get_by_label("路線や停留所の名前").fill("kokono")
    officer.press("さがす")
    officer.page.get_by_label("停留所 九日町").first.check()
    expect(officer.page.locator("#header_en")).to_have_value("Kokonokamachi stop moves for the festival")
    officer.page.get_by_label("影響").select_option("stop_moved")
    is_well_made(officer)
    whole(officer, pictures / "alert_form.png")
    officer.press("下書きに残して、見え方を確かめる")
    officer.says("下書き（職員だけに見えます）")
    is_well_made(officer)
    whole(officer, pictures / "alert_draft.png")
    with new_phone(**WALL) as sign:
        board = "/boards/mihon-bus:kokonoka?lang=en"
        sign.open(board)
        expect(sign.page.locator(".alert", has_text="Kokonokamachi stop moves")).to_have_count(0)
        officer.press("公開する")
        officer.says("公開中")
        sign.open(board)
        sign.says("Kokonokamachi stop moves for the festival")
        sign.is_accessible()
        sign.picture(pictures / "alert_board.png")
        officer.page.locator("summary", has_text="取り下げる").click()
        officer.page.locator("#why-end").fill("雨で中止")
        officer.page.locator("button[value=end]").click()
        officer.says("取り下げました")
        officer.says("雨で中止")
        sign.open(board)
        expect(sign.page.locator(".alert", has_text="Kokonokamachi stop moves")).to_have_count(0)
    officer.was_clean()


def test_a_bad_timetable_is_refused_in_sentences_and_the_good_one_stands(officer, pictures, tmp_path):
    broken = tmp_path / "broken.zip"
    broken.write_bytes(pack(written("A B", {"t": "A 8:00, B 7:00"})))
    officer.open("/admin/feeds/")
    is_well_made(officer)
    whole(officer, pictures / "feeds.png")
    officer.press("見本鉄道")
    used = officer.page.locator("dl").inner_text()
    officer.page.locator("#file").set_input_files(broken)
    officer.page.locator("#why-upload").fill("改正")
    officer.press("取り込む", exact=True)
    officer.says("誤りがあるため、受け付けませんでした。いまの時刻表はそのままです。", within_ms=20_000)
    officer.says("stop_times.txt:3")
    officer.says("便「t」の時刻が、前の停車より戻っています。")
    assert re.search(r"停留所\d+ · 路線\d+", used)[0] in officer.page.locator("dl").inner_text()
    is_well_made(officer)
    whole(officer, pictures / "feed_refused.png")


def test_before_an_earlier_network_is_used_again_it_is_asked(officer, pictures):
    officer.open("/admin/feeds/")
    officer.page.get_by_role("link", name="これに戻す…").last.click()
    officer.says("この路線網に戻しますか")
    is_well_made(officer)
    whole(officer, pictures / "feed_question.png")
    officer.press("やめる")
    expect(officer.page).to_have_url(re.compile("/admin/feeds/$"))


def test_a_paired_sign_shows_the_stop_that_is_chosen_for_it(officer, new_phone, pictures):
    with new_phone(**WALL) as sign, new_phone() as mine:
        mine.sign_in("窓口 見本美")
        let_in(sign, mine, "表示の画面", SIGN, pictures)
        officer.open("/admin/signs/")
        is_well_made(officer)
        officer.press(SIGN)
        officer.page.get_by_label("停留所の名前").fill("ひとよしえき")
        officer.press("停留所をさがす")
        is_well_made(officer)
        whole(officer, pictures / "sign_desk.png")
        officer.press("この停留所の発車案内を出す")
        officer.says("この端末に停留所の発車案内を出します。")
        sign.page.wait_for_url(re.compile("/boards/signs/"), timeout=45_000)  # it asks every half minute
        first = sign.page.locator("nav [aria-current]").inner_text()
        sign.is_accessible()
        sign.picture(pictures / "sign_board.png")
        changed = "first => document.querySelector('nav [aria-current]').textContent !== first"
        sign.page.wait_for_function(changed, arg=first, timeout=30_000)
        officer.page.locator("summary", has_text="市のお知らせの表示に戻す").click()
        officer.page.locator("button[value=clear]").click()
        officer.says("市のお知らせの表示に戻しました")
        sign.page.wait_for_url(re.compile("/screen"), timeout=45_000)
        sign.says("お知らせ")
        sign.was_clean()
