"""The staff's papers, walked in a real browser: a new secret, a wider agreement, the record of provision, a mandate at the desk."""

import csv
import re
import secrets
from datetime import timedelta
from io import StringIO
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import expect

from kernel import clock
from tests.e2e.partner import partner_at_the_door
from tests.e2e.phone import phone
from tests.e2e.test_desk import DESK, come_in
from tests.e2e.test_own_data import arrive

pytestmark = [pytest.mark.e2e, pytest.mark.slow]  # several people and a server each

MARK = secrets.token_hex(3)  # what these walks make has names of its own, however often they are walked
ASSOCIATION, ASSOCIATION_EN = f"例の文庫協会 {MARK}", f"Rei Reading Association {MARK}"
LIBRARY, LIBRARY_EN = f"例の文庫 {MARK}", f"Rei Reading Room {MARK}"
MATTER, MATTER_EN = f"貸出カードのお名前 {MARK}", f"Name on your library card {MARK}"
PAGES = {
    "officer": ("partner/", "partner/add/", "mandate/", "mandate/add/", "organisation/"),
    "administrator": ("agreement/", "agreement/publish/", "agreement/provisions/", "membership/add/"),
}
LABELS = "form label[for], thead th, h1, form p, form:not([role=search]) button[type=submit]"
JAPANESE = re.compile("[\u3041-\u30fe\u4e00-\u9fff]")
ACT = (
    """person => fetch('/api/v1/wallet/balance', { headers: { 'Machi-For': person } }).then(answer => answer.status)"""
)
BACK_WITHIN_MS = 9000  # another's wallet is asked for every five seconds


@pytest.fixture(scope="module")
def officer(chromium, address):
    with phone(chromium, address, **DESK) as held:
        yield come_in(held, "窓口 見本美")


@pytest.fixture(scope="module")
def administrator(chromium, address):
    with phone(chromium, address, **DESK) as held:
        yield come_in(held, "管理 見本郎")


def fill(desk, **fields):
    """Write into fields by their names."""
    for name, value in fields.items():
        desk.page.locator(f"[name={name}]").fill(value)


def found(desk, name):
    """Save a new organisation."""
    desk.open("/admin/accounts/organisation/add/")
    fill(desk, name=name, name_en=ASSOCIATION_EN)
    desk.page.locator("[name=kind]").select_option("partner")
    desk.page.locator("[name=_save]").click()
    desk.says("追加しました")


@pytest.fixture(scope="module")
def library(address, officer, administrator):
    """A partner at its own door, registered by an officer for an association that an administrator founded."""
    with partner_at_the_door(address) as held:
        found(administrator, ASSOCIATION)
        officer.open("/admin/accounts/partner/add/")
        officer.page.locator("[name=organisation]").select_option(label=ASSOCIATION)
        officer.page.locator("[name=kind]").select_option("web")
        fill(officer, name=LIBRARY, name_en=LIBRARY_EN, contacts="03-0000-0000", why="協定")
        officer.page.locator("[name=scopes][value=profile]").check()
        fill(officer, redirect_uris=held.redirect_uri)
        officer.page.locator("[name=_save]").click()
        officer.says("いまだけ表示します")
        held.knows_itself(*(each.inner_text() for each in officer.page.locator("code").all()))
        yield held


def visit(person, library):
    """Sign in at the partner, and let it read the name."""
    person.others = {f"127.0.0.1:{library.port}", f"localhost:{library.port}"}
    person.page.goto(library.door())
    person.says(f"{LIBRARY} にサインインしますか？")
    name = person.page.get_by_role("checkbox")
    if name.count():
        name.check()
    person.press("同意してサインインする")
    person.says("Welcome to the library")


def press_last(desk, name):
    """Press the button at the end of a form; the sidebar and the bar above may have one of the same name."""
    desk.page.get_by_role("button", name=name, exact=True).last.click()


def knock(library, secret):
    """Ask at the token endpoint with a secret and a code that nobody was given; return what it answers."""
    made_up = {"grant_type": "authorization_code", "code": "x" * 43, "redirect_uri": library.redirect_uri}
    made_up["code_verifier"] = library.verifier
    answer = requests.post(library.said["token_endpoint"], made_up, auth=(library.client.client_id, secret), timeout=10)
    return answer.status_code, answer.json()["error"]


def publish(desk, told, picture):
    """Look at what would change, see it told, and publish it."""
    desk.press("変わることを確かめる")
    desk.says(told)
    desk.picture(picture)
    desk.page.locator("[name=publish]").click()
    desk.says("版を公開しました")


def agree(person, agreement, *classes):
    """Say yes to what is ticked."""
    person.open(f"/consents/ask/{agreement}")
    for each in classes:
        person.page.get_by_label(each).check()
    person.press("同意する", exact=True)
    person.page.wait_for_url(lambda url: "/me/consents/" in url)


def states(person, agreement):
    """Return how a person's newest yes to each class stands."""
    found = person.api(f"/accounts/consents?agreement={agreement}")["results"]
    return {row["data_class"]["name"]: row["state"] for row in reversed(found)}


def number(resident_id):
    """Return the number as it stands on the person's phone."""
    signs = resident_id.replace("-", "")[-12:].upper()
    return " ".join((signs[:4], signs[4:8], signs[8:]))


def acts_for(person, principal):
    """Return the city's answer to who asks for another's wallet."""
    return person.page.evaluate(ACT, principal)


def test_a_new_secret_is_seen_once_and_the_old_one_is_worth_nothing(new_phone, officer, library, pictures):
    client_id, old = library.client.client_id, library.client.client_secret
    assert knock(library, old) == (400, "invalid_grant")  # known; the code was made up
    with new_phone() as sakura:
        arrive(sakura)
        visit(sakura, library)
        assert library.visitor["name"] == "試験 桜"
        officer.open(f"/admin/accounts/partner/{client_id}/change/")
        fill(officer, why="定期の入れ替え")
        officer.page.locator("[name=_save]").click()
        officer.says("何をするかを選んでください")
        officer.picture(pictures / "secret_nothing_chosen.png")
        officer.page.get_by_label("シークレットを新しくする").check()
        officer.page.locator("[name=_save]").click()
        officer.says("いまだけ表示します")
        (renewed,) = (each.inner_text() for each in officer.page.locator("code").all())
        officer.picture(pictures / "secret_new.png")
        officer.press("一覧に戻る")
        officer.page.get_by_role("link", name=LIBRARY).click()
        officer.says(client_id)
        expect(officer.page.get_by_text(renewed)).to_have_count(0)
        officer.picture(pictures / "secret_kept_from_view.png")

        assert knock(library, old) == (401, "invalid_client")
        assert knock(library, renewed) == (400, "invalid_grant")
        assert library.still_knows()  # whoever is signed in stays so
        library.knows_itself(client_id, renewed)
        sakura.page.goto(library.door())
        sakura.says("Welcome to the library")
        assert library.visitor["name"] == "試験 桜"


def test_a_wider_agreement_asks_again_and_says_what_differs(new_phone, administrator, library, pictures):
    desk = administrator
    with new_phone() as sakura:
        arrive(sakura)
        desk.open("/admin/accounts/agreement/publish/")
        desk.page.locator("[name=recipient]").select_option(label=ASSOCIATION)
        desk.page.locator("[name=classes][value=profile]").check()
        words = {"title_ja": MATTER, "why_ja": "貸出カードに印刷するため。", "stops_ja": "お名前が出なくなります。"}
        words |= {"title_en": MATTER_EN, "why_en": "To print it.", "stops_en": "It is printed no more."}
        fill(desk, purpose=f"rei_library.card_{MARK}", keeps_days="30", **words, why="新しい事業")
        publish(desk, "最初の版です", pictures / "agreement_first.png")
        agreement = urlsplit(desk.page.url).path.split("/")[-3]
        agree(sakura, agreement, "呼び名")
        assert states(sakura, agreement) == {"profile": "standing"}

        desk.press("新しい版を公開する")
        desk.says(f"いまは第1版「{MATTER}」です")
        desk.page.locator("[name=classes][value=contacts]").check()
        fill(desk, why_ja="貸出カードに印刷し、返却日をお知らせするため。", why="お知らせを始める")
        publish(desk, "もう一度同意するまで読まれません", pictures / "agreement_wider.png")
        desk.says("第2版を公開しました")
        desk.picture(pictures / "agreement_published.png")

        assert states(sakura, agreement) == {"profile": "left_behind"}
        sakura.open("/messages")
        sakura.page.get_by_role("link", name=f"「{MATTER}」について、もう一度おたずねします").click(timeout=15_000)
        sakura.picture(pictures / "wider_message.png")
        sakura.open("/me/consents")
        sakura.says(f"{ASSOCIATION}がもう一度たずねています")
        sakura.picture(pictures / "wider_asked_again.png")
        sakura.press("変わったことを見る")
        sakura.says("前の同意から変わったこと")
        changes = sakura.page.locator(".change")
        expect(changes.filter(has_text="メールアドレスや電話番号")).to_contain_text("広がります")
        expect(changes.filter(has_text="返却日をお知らせ")).to_contain_text("貸出カードに印刷するため。")
        sakura.is_accessible()
        changes.last.scroll_into_view_if_needed()
        sakura.picture(pictures / "wider_difference.png")
        agree(sakura, agreement, "呼び名")
        assert states(sakura, agreement)["profile"] == "standing"
        sakura.open("/me/consents")
        sakura.says(MATTER)
        expect(sakura.page.get_by_text("もう一度たずねています")).to_have_count(0)
        sakura.picture(pictures / "wider_answered.png")

        desk.open(f"/admin/accounts/agreement/?q=card_{MARK}")
        desk.page.get_by_role("row", name=MATTER).get_by_role("link", name=MATTER).click()
        desk.press("取り決めを終える")
        fill(desk, why="事業の終わり")
        press_last(desk, "取り決めを終える")
        desk.says("取り決めを終えました")
        desk.picture(pictures / "agreement_closed.png")
        sakura.open(f"/consents/ask/{agreement}")
        sakura.says("このお願いは、もうないか")


def test_the_record_of_provision_opens_as_a_table(new_phone, administrator, library, pictures):
    desk, today = administrator, clock.jst_date(clock.now())
    with new_phone() as sakura:
        key = arrive(sakura)
        visit(sakura, library)
        desk.open("/admin/accounts/agreement/")
        desk.press("第三者提供の記録")
        desk.press("表をダウンロードする")
        expect(desk.page.locator(".errors", has_text="提供先")).to_contain_text("必須")
        desk.picture(pictures / "provisions_refused.png")
        desk.page.locator("[name=recipient]").select_option(label=ASSOCIATION)
        fill(desk, since=str(today), until=str(today - timedelta(days=1)), why="年に一度の確認")
        desk.press("表をダウンロードする")
        expect(desk.page.locator(".errors", has_text="終わりの日")).to_contain_text("終わりが始まりより前です")
        fill(desk, until=str(today))
        desk.picture(pictures / "provisions.png")
        with desk.page.expect_download() as fetched:
            desk.press("表をダウンロードする")
        assert fetched.value.suggested_filename == f"provisions-{today}-{today}.csv"
        table = fetched.value.path().read_bytes()
        assert table.startswith(b"\xef\xbb\xbf")  # so that a spreadsheet reads Japanese
        rows = list(csv.DictReader(StringIO(table.decode("utf-8-sig"), newline="")))
        assert list(rows[0]) == ["提供した日時", "提供先", "本人", "項目", "目的", "同意", "同意した日時", "同意の番号"]
        (mine,) = (row for row in rows if row["本人"] == key)
        assert (mine["提供先"], mine["項目"], mine["目的"], mine["同意"]) == (
            ASSOCIATION, "呼び名", "openid.userinfo", "あり",
        )  # fmt: skip
        assert mine["提供した日時"].startswith(str(today))
        assert mine["同意した日時"] <= mine["提供した日時"]
        assert "試験 桜" not in table.decode()


def test_a_mandate_is_written_at_the_desk_seen_by_both_and_ended(new_phone, officer, pictures):
    desk, last = officer, clock.jst_date(clock.now()) + timedelta(days=200)
    until = f"{last.year}年{last.month}月{last.day}日"
    with new_phone() as ume, new_phone() as take:
        principal, delegate = arrive(ume, "試験 梅"), arrive(take, "試験 竹")
        desk.open("/admin/accounts/mandate/")
        desk.picture(pictures / "mandates.png")
        desk.open("/admin/accounts/mandate/add/")
        fill(desk, principal=number(principal), delegate=number(principal), last_day="2020-01-01", why="委任状で確認")
        for name, value in {"role": "care_manager", "evidence": "care_contract"}.items():
            desk.page.locator(f"[name={name}]").select_option(value)
        for service in ("プロフィールとお知らせ", "おさいふ"):
            desk.page.get_by_label(service).check()
        desk.press("登録する", exact=True)
        desk.says("代理を受ける方と同じ番号です")
        fill(desk, delegate=number(delegate))
        desk.press("登録する", exact=True)
        desk.says("もう過ぎています")
        desk.page.screenshot(path=pictures / "mandate_refused.png", full_page=True)
        fill(desk, last_day=str(last))
        desk.press("登録する", exact=True)
        desk.says("代理を登録しました")
        for shown in (number(principal), number(delegate), "居宅介護支援の契約書", until):
            desk.says(shown)
        desk.picture(pictures / "mandate_written.png")

        for held, other in ((ume, "試験 竹"), (take, "試験 梅")):
            held.open("/me/family")
            held.says(other)
            held.says("ケアマネジャー")
            held.says(f"{last.month}月{last.day}日")
            held.is_accessible()
        ume.picture(pictures / "mandate_principal.png")
        take.picture(pictures / "mandate_delegate.png")
        ume.open("/messages")
        ume.says("代理が始まりました", within_ms=15_000)
        take.press("試験 梅さんの代理をする")
        take.says("試験 梅さんの代理で使っています")
        assert acts_for(take, principal) == 200

        desk.press("代理を終える")
        desk.says("すぐに代理で使えなくなります")
        desk.says(number(delegate))
        desk.picture(pictures / "mandate_end.png")
        fill(desk, why="契約の終わり")
        press_last(desk, "代理を終える")
        desk.says("代理を終えました")
        desk.says("市役所が取り消した")
        expect(desk.page.get_by_role("link", name="代理を終える")).to_have_count(0)
        desk.picture(pictures / "mandate_ended.png")
        assert acts_for(take, principal) == 403
        take.says("試験 梅さんの代理は終わりました", within_ms=BACK_WITHIN_MS)
        take.picture(pictures / "mandate_fell_back.png")
        for held in (ume, take):
            held.open("/me/family")
            held.says("わたしの代理をする人")
            expect(held.page.get_by_text("ケアマネジャー")).to_have_count(0)


@pytest.mark.parametrize("locale", ["ja-JP", "en-US"])
def test_every_page_speaks_the_language_of_who_reads_it(chromium, address, officer, administrator, locale, pictures):
    for role, held in {"officer": officer, "administrator": administrator}.items():
        signed_in = held.page.context.storage_state()
        with phone(chromium, address, **DESK, locale=locale, storage_state=signed_in) as desk:
            for path in PAGES[role]:
                desk.open(f"/admin/accounts/{path}")
                desk.page.locator("form label, table th").first.wait_for()
                said = [text for text in desk.page.locator(LABELS).all_inner_texts() if text.strip(" :*\n")]
                foreign = [text for text in said if bool(JAPANESE.search(text)) != (locale == "ja-JP")]
                assert not foreign, (path, foreign)
                name = path.strip("/").replace("/", "_")
                desk.page.screenshot(path=pictures / f"{role}_{name}_{locale}.png", full_page=True)
