"""Payouts over HTTP: the resident's phone, the officers' desk, the law's page, and what is not theirs."""

import pytest
from django.test import override_settings

from tests.wallet.audit import assert_whole
from tests.wallet.callers import act
from tests.wallet.city_office import BANKS, BRANCHES
from tests.wallet.settlement.market import SETTLEMENT
from tests.wallet.test_admin import at_the_desk
from wallet import services
from wallet.engine.zengin import parse
from wallet.models import CoinPayout

pytestmark = pytest.mark.postgres
DESK = "/admin/payouts/"
BANK = {"bank_code": "9902", "branch_code": "001", "account_type": "1", "number": "1234567", "holder": "ヤマダ ハナコ"}
OPEN = {"deed": "open", "case": "moved_away", "reason": "市外へ転居", "evidence": "転出証明書"}


@pytest.fixture
def here(city):
    """A city with a bank, a resident with coins, and an officer and an administrator at their desks."""
    with override_settings(SETTLEMENT=SETTLEMENT):
        services.import_banks(act(), banks=BANKS, branches=BRANCHES)
        officer, administrator = (at_the_desk(each) for each in city.city_office())
        yield city, city.resident(yen=8_000), officer, administrator


def test_from_the_wish_on_the_phone_to_the_banks_file(here):
    _city, person, officer, administrator = here
    asked = person.post("payouts", {"wish": "moving", "bank": BANK})
    assert (asked.status_code, asked.json()["state"], asked.json()["account_end"]) == (201, "asked", "67")
    number = asked.json()["receipt_number"]
    assert number in officer.get(DESK).content.decode()
    page = f"{DESK}{asked.json()['id']}"
    officer.post(page, OPEN)
    assert "承認はほかの職員が行います" in officer.get(page).content.decode()
    officer.post(page, {"deed": "approve"})
    assert person.balance() == 8_000
    administrator.post(page, {"deed": "approve"})
    assert person.balance() == 0
    titles = [row["title"] for row in person.get("/api/v1/accounts/messages").json()["results"]]
    assert "8,000円の払戻しが決まりました" in titles
    officer.post(DESK, {"deed": "write"})
    row = CoinPayout.objects.get()
    file = parse(officer.get(f"{DESK}files/{row.file_id}").content)
    assert [(each.amount, each.reference) for each in file.transfers] == [(8_000, number)]
    assert "発行額の20%" in officer.get("/admin/law/").content.decode()
    (mine,) = person.get("payouts").json()["results"]
    assert (mine["state"], mine["pay_on"]) == ("written", str(row.file.pay_on))
    assert person.get("history").json()["results"][0]["kind"] == "payout"
    officer.post(page, {"deed": "return", "why": "口座なし"})
    assert (person.balance(), CoinPayout.objects.get().state) == (8_000, "returned")
    assert "振り込めなかった8,000円をコインに戻しました" in [
        row["title"] for row in person.get("/api/v1/accounts/messages").json()["results"]
    ]
    assert_whole()


def test_what_is_refused_on_the_phone_says_why(here):
    _city, person, officer, _administrator = here
    for wrong, code in (
        ({"wish": "moving", "bank": BANK | {"bank_code": "0001"}}, "bank_unknown"),
        ({"wish": "moving", "bank": BANK | {"holder": "山田"}}, "kana_unwritable"),
        ({"wish": "moving", "bank": BANK | {"number": "12345678"}}, "invalid_body"),
        ({"wish": "gift"}, "invalid_body"),
        ({"wish": "moving", "amount": 5}, "invalid_body"),
    ):
        answer = person.post("payouts", wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    first = person.post("payouts", {"wish": "other"}).json()
    assert person.post("payouts", {"wish": "other"}).json()["code"] == "payout_under_way"
    closing = person.get("/api/v1/accounts/closing").json()
    assert "wallet.payout" in [each["code"] for each in closing["obstacles"]]
    officer.post(f"{DESK}{first['id']}", {"deed": "refuse", "why": "書類がありません"})
    (mine,) = person.get("payouts").json()["results"]
    assert (mine["state"], mine["answer"], person.balance()) == ("refused", "書類がありません", 8_000)


def test_what_is_not_theirs_is_not_shown(here):
    city, person, officer, _administrator = here
    asked = person.post("payouts", {"wish": "moving"}).json()
    stranger, shop = city.resident(yen=100), city.shop()
    assert stranger.get("payouts").json()["results"] == []
    assert stranger.post(f"payouts/{asked['id']}/withdraw").status_code == 404
    manager = at_the_desk(shop.manager)
    for address in (DESK, f"{DESK}{asked['id']}", f"{DESK}files/{asked['id']}"):
        assert manager.get(address).status_code in (302, 403)
    assert manager.post(f"{DESK}{asked['id']}", OPEN).status_code in (302, 403)
    assert officer.get(f"{DESK}{stranger.resident_id}").status_code == 404
    assert officer.get(f"{DESK}files/{stranger.resident_id}").status_code == 404
    for nonsense in ({"deed": "x"}, {"deed": "end", "announced_on": "x"}):
        assert officer.post(f"{DESK}{asked['id']}", nonsense).status_code == 200
        assert officer.post(DESK, nonsense).status_code == 200
    assert CoinPayout.objects.get().state == "asked"
    assert person.post(f"payouts/{asked['id']}/withdraw").json()["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": "-1"}, "金額は1以上の整数"),
        ({"amount": "１"}, "金額は1以上の整数"),
        ({"amount": "8001"}, "払い戻せるのは、購入したコイン8,000円までです。"),
        ({"case": "small"}, "上限を超えます"),
        ({"case": "coin_ends"}, "この事由では、いま払い戻せません"),
        (BANK | {"branch_code": "777"}, "組み合わせは見つかりません"),
        (BANK | {"holder": ""}, "入力してください。"),
        ({"number": "1234567"}, "入力してください。"),
    ],
)
def test_what_is_refused_at_the_desk_stands_at_its_field_and_what_was_typed_stays(here, wrong, words):
    _city, person, officer, _administrator = here
    asked = person.post("payouts", {"wish": "moving"}).json()
    typed = OPEN | {"evidence": "証明書77号"} | wrong
    page = officer.post(f"{DESK}{asked['id']}", typed).content.decode()
    assert page.count('class="wrong"') == page.count(words) >= 1
    assert all(
        f'value="{typed[name]}"' in page for name in ("reason", "evidence", *wrong) if name != "case" and typed[name]
    )
    assert ("<details open>" in page) == ("number" in wrong)
    assert CoinPayout.objects.get().state == "asked"
    assert officer.post(DESK, typed | {"about": "AAAA"}).content.decode().count('class="wrong"') >= 1


def test_number_and_holder_do_not_stand_in_the_open(here):
    _city, person, _officer, _administrator = here
    person.post("payouts", {"wish": "moving", "bank": BANK})
    row = CoinPayout.objects.get()
    assert b"1234567" not in bytes(row.sealed)
    assert "1234567" not in str(row.__dict__)
