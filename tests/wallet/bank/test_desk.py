"""The officers' desk of bank transfers and the resident's phone: a file from upload to coins, and who sees what."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from kernel import clock
from tests.wallet.audit import assert_whole
from tests.wallet.bank.bank import TRANSFERS, came, zengin
from tests.wallet.callers import act
from tests.wallet.city_office import BANKS, BRANCHES
from tests.wallet.test_admin import at_the_desk
from wallet import services
from wallet.models import BankLine, BankStatement

pytestmark = pytest.mark.postgres
DESK = "/admin/bank/"


@pytest.fixture
def here(city):
    """A city with an account for transfers, a resident, and an officer and an administrator at their desks."""
    with override_settings(TRANSFERS=TRANSFERS):
        services.import_banks(act(), banks=BANKS, branches=BRANCHES)
        officer, administrator = (at_the_desk(each) for each in city.city_office())
        yield city, city.resident(yen=1_000), officer, administrator


def upload(desk, content: bytes):
    return desk.post(DESK, {"file": SimpleUploadedFile("meisai.txt", content)})


def test_from_the_code_on_the_phone_to_coins_and_word_of_them(here):
    _city, person, officer, administrator = here
    assert person.get("top_up_ways").json()["transfer"] is True
    assert person.get("bank_transfer").json()["code"] is None
    way = person.post("bank_transfer", key=None).json()
    assert (way["account"]["number"], way["account"]["branch_name"]) == ("0000001", "本店")
    assert person.get("bank_transfer").json() == way
    sent = upload(officer, zengin(came(5_000, f"{way['code']}ﾔﾏﾀﾞ"), came(70_000, "ﾔﾏﾀﾞ ﾊﾅｺ")))
    page = sent["Location"]
    shown = officer.get(page).content.decode()
    assert "新しい2行を取り込む" in shown
    assert BankLine.objects.count() == 0
    officer.post(page)
    assert person.balance() == 6_000
    assert person.get("history").json()["results"][0]["amount"] == 5_000
    titles = [row["title"] for row in person.get("/api/v1/accounts/messages").json()["results"]]
    assert "振り込まれた5,000円をチャージしました" in titles
    shown = officer.get(page).content.decode()
    assert "75,000" in shown
    assert "番号がありません" in shown
    line = f"{DESK}lines/{BankLine.objects.get(amount=70_000).pk}"
    assert "ﾔﾏﾀﾞ ﾊﾅｺ" not in officer.get(line).content.decode()
    assert "ﾔﾏﾀﾞ ﾊﾅｺ" in officer.post(line, {"deed": "look"}).content.decode()
    officer.post(line, {"deed": "assign", "about": way["code"], "reason": "電話で控えを確認"})
    proposal = BankLine.objects.get(amount=70_000).proposals.get()
    officer.post(line, {"deed": "accept", "proposal": str(proposal.pk)})
    assert person.balance() == 6_000
    assert "この提案のとおりにする" in administrator.get(line).content.decode()
    administrator.post(line, {"deed": "accept", "proposal": str(proposal.pk)})
    assert person.balance() == 76_000
    assert "仮受はありません" in officer.get(DESK).content.decode()
    assert_whole()


def test_a_broken_file_is_answered_with_its_lines_and_nothing_is_taken(here):
    _city, _person, officer, _administrator = here
    broken = zengin(came(5_000, "ﾔﾏﾀﾞ")).replace(b"000000005000", b"000000005001", 1)
    shown = upload(officer, broken)
    assert shown.status_code == 200
    assert "合計の行が、明細の合計と合いません" in shown.content.decode()
    other = upload(officer, zengin(came(5_000, "ﾔﾏﾀﾞ"), account_number="0000000009")).content.decode()
    assert "ほかの口座の明細です" in other
    for nothing in (b"", b"\x00" * 300, b"a,b\r\n1,2"):
        assert upload(officer, nothing).status_code == 200
    assert (BankStatement.objects.count(), BankLine.objects.count()) == (0, 0)


def test_a_file_that_was_read_before_the_account_changed_is_not_taken(here):
    _city, _person, officer, _administrator = here
    page = upload(officer, zengin(came(5_000, "ﾔﾏﾀﾞ")))["Location"]
    moved = TRANSFERS | {"account": TRANSFERS["account"] | {"branch_code": "002"}}
    with override_settings(TRANSFERS=moved):
        assert "ほかの口座の明細です" in officer.get(page).content.decode()
        officer.post(page)
    assert BankLine.objects.count() == 0


def test_a_big_statement_says_how_far_it_is_and_goes_on(here, monkeypatch):
    _city, person, officer, _administrator = here
    code = person.post("bank_transfer", key=None).json()["code"]
    monkeypatch.setattr("wallet.pages.bank.AT_ONCE", 1)
    page = upload(officer, zengin(*(came(100 + number, code) for number in range(3))))["Location"]
    officer.post(page)
    shown = officer.get(page).content.decode()
    assert "入金3件のうち1件を処理しました" in shown
    assert 'http-equiv="refresh"' in shown
    services.book_bank_lines(at=clock.now())
    assert 'http-equiv="refresh"' not in officer.get(page).content.decode()
    assert person.balance() == 1_303
    assert_whole()


def test_what_is_not_theirs_is_not_shown(here):
    city, person, officer, _administrator = here
    page = upload(officer, zengin(came(5_000, "ﾔﾏﾀﾞ")))["Location"]
    officer.post(page)
    line = f"{DESK}lines/{BankLine.objects.get().pk}"
    stranger = at_the_desk(city.shop().manager)
    for address in (DESK, page, line):
        assert stranger.get(address).status_code in (302, 403)
    assert stranger.post(line, {"deed": "aside", "reason": "x"}).status_code in (302, 403)
    assert BankLine.objects.get().state == "open"
    nobody = f"{DESK}lines/{person.resident_id}"
    assert officer.get(nobody).status_code == 404
    assert officer.get(f"{DESK}statements/{person.resident_id}").status_code == 404
    assert officer.post(line, {"deed": "accept", "proposal": "nonsense"}).status_code == 200
    assert officer.post(line, {"deed": "nonsense"}).status_code == 200


def test_the_senders_name_does_not_stand_in_the_open(here):
    _city, _person, officer, _administrator = here
    officer.post(upload(officer, zengin(came(5_000, "ﾔﾏﾀﾞ ﾊﾅｺ")))["Location"])
    row = BankLine.objects.get()
    assert "ﾔﾏﾀﾞ".encode("cp932") not in bytes(row.sealed)
    assert "ﾔﾏﾀﾞ" not in str(row.__dict__)
