"""A business joins: it fills in the phone's form, photographs its papers, and an officer sees them beside what it wrote."""

import secrets
from io import BytesIO

import pytest
import requests
from PIL import ExifTags, Image, ImageDraw
from playwright.sync_api import expect
from pypdf import PdfWriter

from tests.e2e.phone import phone
from tests.e2e.test_desk import DESK, come_in
from tests.e2e.test_own_data import arrive

pytestmark = [pytest.mark.e2e]

MARK = secrets.token_hex(2)
SHOP = f"見本パン店 {MARK}"
STEPS: tuple[dict[str, str], ...] = (
    {"店名": SHOP, "店名（カタカナ）": "ミホンパンテン", "店名（英字）": "Mihon Bread", "地区": "九日町"},
    {
        "お店の種類": "パン屋",
        "所在地": "九日町 例示番地98",
        "電話番号": "0966-00-0098",
        "緯度と経度": "32.2123, 130.7614",
    },
    {"法人名・事業主の氏名": "試験 桜", "代表者の名前": "試験 桜", "代表者の名前（カタカナ）": "シケン サクラ"},
    {
        "金融機関コード（4けた）": "9901",
        "支店コード（3けた）": "002",
        "口座番号": "2100098",
        "名義（カタカナ）": "シケン サクラ",
    },
)


def photo(words: str) -> bytes:
    """Photograph a made-up paper, held sideways and at a place."""
    paper = Image.new("RGB", (1600, 1200), (236, 234, 226))
    pen = ImageDraw.Draw(paper)
    pen.rectangle((80, 80, 1520, 1120), outline=(60, 60, 60), width=6)
    pen.text((160, 180), words, fill=(40, 40, 40), font_size=120)
    said, out = Image.Exif(), BytesIO()
    said[ExifTags.Base.Orientation] = 6
    said.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (32.0, 12.0, 43.0)
    paper.rotate(90, expand=True).save(out, "JPEG", exif=said)
    return out.getvalue()


def scan() -> bytes:
    """Make a PDF of one empty page."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def choose(held, words, name, content, media):
    """Press the button of a kind of paper and choose a file."""
    with held.page.expect_file_chooser() as asked:
        held.press(f"{words}の写真を撮る・選ぶ")
    asked.value.set_files({"name": name, "mimeType": media, "buffer": content})


def papers(held, words):
    return held.page.get_by_role("list", name=words).get_by_role("listitem")


def fill(held, fields):
    for label, value in fields.items():
        held.page.get_by_label(label, exact=True).fill(value)


def apply_until_papers(held, pictures):
    """Fill in everything up to the step of the papers."""
    held.open("/merchant")
    held.press("申込みをはじめる")
    for number, fields in enumerate(STEPS, start=1):
        held.says(f"6のうち{number}")
        fill(held, fields)
        if number == 1:
            held.page.get_by_role("radio", name="パン").first.check()
        if number == 2:
            held.press("時間を加える")
        held.is_accessible()
        held.page.screenshot(path=pictures / f"step_{number}.png", full_page=True)
        held.press("保存して次へ")


def seen_by(page, address) -> Image.Image:
    """Fetch a paper as whoever is signed in on the page, and open it."""
    jar = {each["name"]: each["value"] for each in page.context.cookies()}
    answer = requests.get(address, cookies=jar, timeout=10)
    assert answer.status_code == 200
    return Image.open(BytesIO(answer.content))


def test_papers_are_photographed_sent_and_seen_by_the_officer(new_phone, chromium, address, pictures):
    with new_phone() as sakura:
        arrive(sakura)
        apply_until_papers(sakura, pictures)
        sakura.says("紙を明るい場所に置き")
        sakura.press("保存して次へ")
        sakura.press("前に戻る")
        choose(sakura, "許可証・届出の控え", "broken.jpg", b"\xff\xd8\xff not a photo", "image/jpeg")
        sakura.says("開けないファイルです")
        sakura.picture(pictures / "broken.png")
        choose(sakura, "許可証・届出の控え", "licence.jpg", photo("EXAMPLE LICENCE"), "image/jpeg")
        expect(papers(sakura, "許可証・届出の控え")).to_have_count(1)
        expect(sakura.page.get_by_text("開けないファイルです")).to_have_count(0)
        choose(sakura, "事業の証明", "business.pdf", scan(), "application/pdf")
        expect(papers(sakura, "事業の証明")).to_have_count(1)
        choose(sakura, "通帳の写し", "passbook.png", photo("EXAMPLE PASSBOOK"), "image/jpeg")
        expect(papers(sakura, "通帳の写し")).to_have_count(1)
        sakura.is_accessible()
        sakura.page.screenshot(path=pictures / "papers.png", full_page=True)
        sakura.press("見る 1枚目")
        expect(sakura.page.get_by_role("dialog").get_by_role("img")).to_be_visible()
        sakura.picture(pictures / "looked_at.png")
        sakura.page.keyboard.press("Escape")
        sakura.press("保存して次へ")
        sakura.says("確かめて送る")
        sakura.page.get_by_label("規約を読み、同意します").check()
        sakura.is_accessible()
        sakura.page.screenshot(path=pictures / "check.png", full_page=True)
        sakura.press("市に申し込む")
        sakura.says("市が審査しています")
        sakura.picture(pictures / "sent.png")

    with phone(chromium, address, **DESK) as held:
        officer = come_in(held, "窓口 見本美")
        officer.open("/admin/merchants/")
        officer.press(SHOP)
        officer.says("添えられた書類")
        officer.says("JPEG · ")
        officer.says("PDF · ")
        officer.page.screenshot(path=pictures / "review.png", full_page=True)
        link = officer.page.get_by_role("link", name="許可証・届出の控え")
        paper = seen_by(officer.page, address + str(link.get_attribute("href")))
        assert (paper.format, dict(paper.getexif())) == ("JPEG", {})
        assert paper.width > paper.height
        with officer.page.expect_popup() as opened:
            link.click()
        opened.value.wait_for_load_state()
        opened.value.screenshot(path=pictures / "paper.png")
