"""A business shows its licence: photographed on the phone, seen by the officer alone, and gone when the review is over."""

import os
import re
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from struct import pack
from zlib import crc32

import pytest
from django.conf import settings
from django.test import Client
from django.utils.crypto import get_random_string
from PIL import ExifTags, Image

from accounts.models import User
from accounts.selectors import principal_of
from kernel import clock, files
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed
from kernel.tasks import sweep_files
from kernel.use_case import Act
from tests.concurrency.crowd import all_at_once
from tests.wallet.engine.test_scans import photo, scan
from tests.wallet.merchants.applying import DOOR, TERMS, applicant, attach, drafted, png, submitted
from tests.wallet.test_admin import at_the_desk
from wallet import services
from wallet.engine.scans import MOST_BYTES
from wallet.models import ApplicationAttachment, MerchantApplication
from wallet.services.merchants import attaching
from wallet.services.personal_store import WalletStore

DESK = "/admin/merchants/"
PAPERS = "merchant_attachments"


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> None:
    settings.MACHI_HOME = tmp_path


def on_disk() -> int:
    """Return how many sealed files there are."""
    return len([*Path(settings.MACHI_HOME, "files", "wallet.merchant_attachments").glob("*")])


def begun(who) -> str:
    return who.post(DOOR, {}).json()["id"]


def test_an_application_says_which_photos_are_needed_and_lacks_them(city):
    yuki = applicant(city)
    key = drafted(yuki)
    asked = {each["kind"]: each["is_required"] for each in yuki.get(f"{DOOR}/{key}").json()["attachments_asked"]}
    assert asked == {"licence": True, "business": True, "passbook": True, "other": False}
    licence = yuki.get(f"{DOOR}/{key}").json()["attachments"][0]
    assert (licence["kind"], licence["media"], licence["size"]) == ("licence", "image/png", len(png()))
    assert yuki.ask("DELETE", f"{PAPERS}/{licence['id']}").status_code == 200
    refusal = yuki.post(f"{DOOR}/{key}/submit", TERMS).json()
    assert [(each["field"], each["code"], each["message"]) for each in refusal["errors"]] == [
        ("attachments.licence", "required", "写真かPDFを入れてください。")
    ]
    attach(yuki, key)
    assert yuki.post(f"{DOOR}/{key}/submit", TERMS).status_code == 200


def test_a_trade_without_a_licence_and_a_branch_show_less(city):
    yuki, shop = applicant(city), city.shop()
    drafted(yuki, trade="5942")
    assert set(ApplicationAttachment.objects.values_list("kind", flat=True)) == {"business", "passbook"}
    key = submitted(shop.manager, organisation_id=shop.organisation_id, payout={}, trade="5942")
    asked = shop.manager.get(f"{DOOR}/{key}").json()["attachments_asked"]
    assert asked == [{"kind": "licence", "is_required": False}, {"kind": "other", "is_required": False}]


def test_what_is_sent_comes_back_as_it_was_and_only_to_its_owner(city):
    yuki, taro = applicant(city), city.resident()
    key = begun(yuki)
    paper = attach(yuki, key, "other").json()["attachments"][0]["id"]
    mine = yuki.get(f"{PAPERS}/{paper}")
    assert (mine.content, mine["Content-Type"], mine["Cache-Control"]) == (png(), "image/png", "no-store")
    sealed = next(Path(settings.MACHI_HOME, "files", "wallet.merchant_attachments").glob("*")).read_bytes()
    assert b"IHDR" not in sealed
    assert taro.get(f"{PAPERS}/{paper}").status_code == 404
    assert taro.ask("DELETE", f"{PAPERS}/{paper}").status_code == 404
    assert attach(taro, key).status_code == 404
    assert attach(yuki, key, "diploma").status_code == 404
    assert ApplicationAttachment.objects.count() == on_disk() == 1


def taken_at_home() -> Image.Exif:
    said = Image.Exif()
    said[ExifTags.Base.Orientation] = 6
    said.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (32.0, 12.0, 43.0)
    return said


def test_a_photo_from_any_client_comes_without_its_place_and_upright(city):
    yuki = applicant(city)
    answer = attach(yuki, begun(yuki), "other", content=photo("JPEG", (64, 48), exif=taken_at_home())).json()
    mine = yuki.get(f"{PAPERS}/{answer['attachments'][0]['id']}")
    image = Image.open(BytesIO(mine.content))
    assert (image.size, dict(image.getexif()), mine["Content-Type"]) == ((48, 64), {}, "image/jpeg")
    assert answer["attachments"][0]["size"] == len(mine.content)


def test_a_pdf_stays_as_it_is(city):
    yuki, paper = applicant(city), scan()
    answer = attach(yuki, begun(yuki), "other", content=paper).json()
    assert yuki.get(f"{PAPERS}/{answer['attachments'][0]['id']}").content == paper


def test_a_picture_that_is_too_large_once_it_is_drawn_is_refused(city, monkeypatch):
    yuki, content = applicant(city), png(600, 600)
    monkeypatch.setattr("wallet.services.merchants.attaching.drawn_anew", lambda *_told, **_most: bytes(MOST_BYTES + 1))
    answer = attach(yuki, begun(yuki), content=content)
    assert (answer.status_code, answer.json()["code"]) == (413, "attachment_too_large")
    assert (ApplicationAttachment.objects.count(), on_disk()) == (0, 0)


def undrawable() -> bytes:
    """Return a PNG whose chunks are whole and whose lines are missing."""
    body = b"IDAT" + b"no lines"
    lines = pack(">I", 8) + body + pack(">I", crc32(body))
    return re.sub(rb"....IDAT.*(?=....IEND)", lambda _found: lines, png(), flags=re.DOTALL)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"<html>", 422, "attachment_unfit"),
        (png()[:-4], 422, "attachment_unfit"),
        (undrawable(), 422, "attachment_unfit"),
        (photo("WEBP", exif=taken_at_home()), 422, "attachment_unfit"),
        (b"\x89PNG\r\n\x1a\n" + bytes(5 * 1024 * 1024), 413, "attachment_too_large"),
    ],
)
def test_what_cannot_be_opened_leaves_nothing(city, content, status, code):
    yuki = applicant(city)
    answer = attach(yuki, begun(yuki), content=content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (ApplicationAttachment.objects.count(), on_disk()) == (0, 0)


def test_the_same_photo_is_kept_once_and_a_fourth_is_too_many(city):
    yuki = applicant(city)
    key = begun(yuki)
    for shade in (1, 1, 2, 3):
        assert attach(yuki, key, content=png(shade=shade)).status_code == 201
    refusal = attach(yuki, key, content=png(shade=4))
    assert (refusal.status_code, refusal.json()["code"], refusal.json()["most"]) == (409, "too_many_attachments", 3)
    assert ApplicationAttachment.objects.count() == on_disk() == 3
    assert attach(yuki, key, "other", content=png(shade=4)).status_code == 201


@pytest.mark.postgres
def test_ten_photos_at_once_and_three_are_kept(city):
    yuki = applicant(city)
    key = begun(yuki)
    me = principal_of(yuki.resident_id)
    outcomes = all_at_once(
        partial(
            services.attach_to_application, Act(me, at=clock.now()), application_id=key, kind="licence",
            content=png(shade=number),
        )
        for number in range(10)
    )  # fmt: skip
    assert outcomes.count("too_many_attachments") == 7
    assert ApplicationAttachment.objects.count() == on_disk() == 3


def test_the_officer_sees_it_in_the_review_and_the_applicant_sees_that(city):
    yuki = applicant(city)
    key = submitted(yuki)
    officer, stranger = at_the_desk(city.city_office()[0]), at_the_desk(city.shop().manager)
    page = officer.get(DESK + key).content.decode()
    assert "許可証・届出の控え" in page
    assert "<dd>九日町 例示番地99</dd>" in page
    assert "PNG · 1 KB" in page
    paper = ApplicationAttachment.objects.get(kind="passbook").pk
    assert f"{DESK}{key}/attachments/{paper}" in page
    seen = officer.get(f"{DESK}{key}/attachments/{paper}")
    assert (seen.content, seen["Content-Type"], seen["X-Content-Type-Options"]) == (png(), "image/png", "nosniff")
    assert "default-src 'none'" in seen["Content-Security-Policy"]
    assert "加盟店の申込みの書類の確認" in yuki.get("/api/v1/accounts/accesses").content.decode()
    assert stranger.get(f"{DESK}{key}/attachments/{paper}").status_code in (302, 403)
    other = drafted(city.resident())
    draft_paper = ApplicationAttachment.objects.filter(application_id=other).first()
    for path in (f"{key}/attachments/{draft_paper.pk}", f"{other}/attachments/{draft_paper.pk}"):
        assert officer.get(DESK + path).status_code == 404


def test_while_the_city_has_it_nothing_moves_and_sent_back_it_is_replaced(city):
    yuki = applicant(city)
    key = submitted(yuki)
    paper = ApplicationAttachment.objects.get(kind="licence").pk
    assert attach(yuki, key, "other").json()["code"] == "application_moved"
    assert yuki.ask("DELETE", f"{PAPERS}/{paper}").json()["code"] == "application_moved"
    officer = at_the_desk(city.city_office()[0])
    officer.post(DESK + key, {"deed": "send_back", "version": "1", "why": "許可証がぼやけています"})
    assert yuki.ask("DELETE", f"{PAPERS}/{paper}").status_code == 200
    assert attach(yuki, key, content=png(shade=9)).status_code == 201
    assert yuki.post(f"{DOOR}/{key}/submit", TERMS).status_code == 200
    new = ApplicationAttachment.objects.get(kind="licence").pk
    assert officer.get(f"{DESK}{key}/attachments/{new}").content == png(shade=9)
    assert officer.get(f"{DESK}{key}/attachments/{paper}").status_code == 404
    assert on_disk() == 3


def test_taken_back_or_left_it_is_gone_at_once(city):
    yuki, taro = applicant(city), city.resident()
    first = submitted(yuki)
    assert yuki.post(f"{DOOR}/{first}/withdraw").status_code == 200
    assert (ApplicationAttachment.objects.count(), on_disk()) == (0, 0)
    key = submitted(taro)
    at_the_desk(city.city_office()[0]).post(DESK + key, {"deed": "decline", "version": "1", "why": "条件に合いません"})
    drafted(taro)
    assert on_disk() == 6
    WalletStore().closed(taro.resident_id, at=clock.now())
    assert (ApplicationAttachment.objects.count(), on_disk()) == (0, 0)


def test_thirty_days_after_the_answer_it_is_gone_and_a_draft_keeps_it_half_a_year(city):
    yuki, taro = applicant(city), city.resident()
    key = submitted(yuki)
    at_the_desk(city.city_office()[0]).post(DESK + key, {"deed": "approve", "version": "1"})
    drafted(taro)
    now = clock.now()
    for days, left in ((29, 6), (31, 3), (179, 3), (181, 0)):
        services.forget_attachments(Act(SYSTEM, at=now + timedelta(days=days)))
        assert (ApplicationAttachment.objects.count(), on_disk()) == (left, left)
    assert MerchantApplication.objects.get(pk=key).state == "approved"
    with pytest.raises(NotAllowed):
        services.forget_attachments(Act(principal_of(yuki.resident_id), at=now))


def test_a_file_without_a_row_is_swept_and_every_other_stays(city):
    yuki = applicant(city)
    drafted(yuki)
    orphan = files.keep(attaching.AREA, b"its process died").name
    for path in Path(settings.MACHI_HOME, "files").rglob("*"):
        os.utime(path, (0, 0))
    upload = files.keep(attaching.AREA, b"its row is being written").name
    sweep_files()
    assert on_disk() == 4
    assert not Path(settings.MACHI_HOME, "files", orphan).exists()
    assert Path(settings.MACHI_HOME, "files", upload).exists()
    for kept in ApplicationAttachment.objects.all():
        assert yuki.get(f"{PAPERS}/{kept.pk}").content == png()


def test_it_is_taken_home(city):
    yuki = applicant(city)
    key = drafted(yuki)
    parts = {each.path: each for each in WalletStore().export(yuki.resident_id, at=clock.now())}
    papers = [path for path in parts if path.startswith(f"wallet/merchant_attachments/{key}/")]
    assert len(papers) == 3
    assert {parts[path].content for path in papers} == {png()}


def test_the_phone_sends_it_with_its_cookie_and_its_token(city):
    yuki = applicant(city)
    address = f"/api/v1/wallet/{DOOR}/{begun(yuki)}/attachments/other"
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.get(resident_id=yuki.resident_id))
    browser.cookies["csrftoken"] = token = get_random_string(32)
    sent = partial(browser.post, address, png(), content_type="image/png")
    assert sent().status_code == 403
    assert sent(headers={"X-CSRFToken": token}).status_code == 201
    assert bytes(browser.get(f"/api/v1/wallet/{PAPERS}/{ApplicationAttachment.objects.get().pk}").content) == png()
