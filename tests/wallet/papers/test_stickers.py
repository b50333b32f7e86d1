"""The sheet of stickers: what a phone reads from the paper is the shop's code."""

import io
import subprocess
from datetime import UTC, datetime

import pytest
from PIL import Image

from config.supervisor.phone import _node
from kernel.documents import Document
from tests.papers import Paper, keep, needs_fonts, pictures
from tests.places import ROOT
from wallet.engine import emvco
from wallet.models import Shop
from wallet.selectors.merchant_codes import shop_code
from wallet.services.papers.stickers import sheet_of

pytestmark = [needs_fonts, pytest.mark.slow]  # papers are set by a process of their own
PPI = 200


def test_the_sheets_say_who_is_paid_and_how_in_five_languages(city) -> None:
    shop = city.shop("髙﨑茶屋", "Takasaki Tea House")
    address = shop.cashier.post(f"shops/{shop.id}/stickers").json()["address"]
    answer = shop.cashier.get(address)
    keep("stickers.pdf", answer.content)
    paper = Paper(answer.content)
    number = shop_code(Shop.objects.get()).number
    assert len(paper.reader.pages) == 3
    assert paper.says_it_is_accessible()
    assert paper.fonts_without_file() == []
    assert paper.text.count("Takasaki Tea House") == 17
    assert paper.text.count(number) == 17
    assert len([words for words in paper.alternatives() if number in words]) == 17
    assert answer["Content-Disposition"].endswith('"machi-stickers.pdf"')


@pytest.mark.parametrize(("page", "across", "down"), [(0, 1, 1), (1, 2, 2), (2, 3, 4)])
def test_a_phone_reads_the_shops_code_from_each_sheet(city, page, across, down) -> None:
    city.shop()
    shop = Shop.objects.get()
    text = shop_code(shop).code
    assert emvco.parse(text).values["01"] == "11"
    document = Document(
        template="wallet/documents/stickers.typ", title="x", language="ja", at=datetime(2026, 11, 1, tzinfo=UTC),
        data=sheet_of(shop),
    )  # fmt: skip
    sheet = Image.open(io.BytesIO(pictures(document, PPI)[page])).convert("RGBA")
    assert scanned(sheet.crop((0, 0, sheet.width // across, sheet.height // down))) == text


def scanned(picture: Image.Image) -> str:
    """Read the code as the phone app does: by the same library, on Node."""
    reads = (
        "const jsqr = require('jsqr'); const [w, h] = process.argv.slice(1).map(Number);"
        "const all = require('node:fs').readFileSync(0);"
        "process.stdout.write((jsqr.default ?? jsqr)(new Uint8ClampedArray(all), w, h)?.data ?? 'nothing')"
    )
    done = subprocess.run(
        [_node(), "-e", reads, str(picture.width), str(picture.height)],
        input=picture.tobytes(), capture_output=True, check=True, cwd=ROOT / "static", timeout=60,
    )  # fmt: skip
    return done.stdout.decode()
