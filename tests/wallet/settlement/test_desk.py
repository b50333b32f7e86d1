"""The officers' desk and the shop's manager: who sees what, two people's steps, the file, and what another is not shown."""

import pytest
from django.test import override_settings

from accounts.notifications import with_year
from accounts.selectors import principal_of
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.wallet.audit import assert_whole
from tests.wallet.city_office import BANKS, BRANCHES
from tests.wallet.settlement.market import AFTER, CUT_OFF, SETTLEMENT
from tests.wallet.test_admin import at_the_desk
from tests.wallet.town import NOON
from wallet import services
from wallet.engine.zengin import parse
from wallet.models import PayoutAccount, SettlementBatch, SettlementTransfer

DESK = "/admin/settlements/"
ACCOUNT = {"bank_code": "9902", "branch_code": "001", "account_type": "1", "number": "1234567", "holder": "ミホン（カ"}


@pytest.fixture
def here(city):
    """A city with a shop that was paid, an account that waits, and an officer and an administrator at their desks."""
    with override_settings(SETTLEMENT=SETTLEMENT):
        services.import_banks(act(), banks=BANKS, branches=BRANCHES)
        shop = city.shop()
        named = shop.manager.post("payout_accounts", ACCOUNT | {"organisation_id": str(shop.organisation_id)})
        assert named.status_code == 201, named.content
        payer = city.resident(yen=50_000)
        officer, administrator = (at_the_desk(each) for each in city.city_office())
        yield city, shop, payer, officer, administrator


def act(key: str = "desk", at=NOON) -> Act:
    return Act(SYSTEM, at=at, key=f"desk-{key}-0001")


def pay_before_the_cut_off(payer, shop, amount: int) -> None:
    services.pay_at_once(
        Act(principal_of(payer.resident_id), at=NOON, key=f"pay-{amount:08}"), code=shop.code, amount=amount
    )


def test_from_the_account_to_the_file(here):
    _city, shop, payer, officer, administrator = here
    payout = PayoutAccount.objects.get()
    assert "*****67" in officer.get(DESK).content.decode()
    opened = officer.post(f"{DESK}payouts/{payout.pk}", {"deed": "look", "why": "通帳の写し"}).content.decode()
    assert "1234567" in opened
    assert "ﾐﾎﾝ(ｶ" in opened
    officer.post(f"{DESK}payouts/{payout.pk}", {"deed": "verify", "why": "通帳の写し"})
    pay_before_the_cut_off(payer, shop, 12_000)
    services.draw_up_settlement(act("draw", AFTER), cut_off_on=CUT_OFF)
    batch = SettlementBatch.objects.get()
    page = f"{DESK}{batch.pk}"
    assert "11,880円を振り込みます" in officer.get(page).content.decode()
    officer.post(page, {"deed": "check"})
    officer.post(page, {"deed": "approve"})
    batch.refresh_from_db()
    assert batch.state == "checked"
    assert "承認はほかの職員が行います" in officer.get(page).content.decode()
    administrator.post(page, {"deed": "approve"})
    administrator.post(page, {"deed": "write"})
    file = parse(officer.get(f"{page}/file").content)
    assert [(each.holder, each.amount) for each in file.transfers] == [("ﾐﾎﾝ(ｶ", 11_880)]
    (mine,) = shop.manager.get("settlements").json()["results"]
    assert (mine["gross"], mine["fee"], mine["net"], mine["state"]) == (12_000, 120, 11_880, "booked")
    lines = shop.manager.get(f"settlements/{mine['id']}/file").content.decode("utf-8-sig").splitlines()
    assert lines[1].endswith(",12000")
    assert lines[-1].endswith(",11880")
    transfer = SettlementTransfer.objects.get()
    officer.post(page, {"deed": "return", "transfer": str(transfer.pk), "why": "口座なし"})
    assert shop.manager.get("settlements").json()["results"][0]["state"] == "returned"
    told = {row["title"]: row["body"] for row in shop.manager.get("/api/v1/accounts/messages").json()["results"]}
    day = with_year(batch.pay_on, "ja")
    assert day.startswith(f"{batch.pay_on.year}年")
    assert told["振り込んだ11,880円が戻ってきました"].startswith(f"{day}の振込が、銀行から戻されました。")
    assert f"お店の売上を、{day}に登録の口座へ振り込みます。" in told["11,880円が振り込まれます"]
    assert_whole()


def test_the_desk_lists_whose_tills_hold_the_citys_cash(here):
    _city, shop, payer, officer, _administrator = here
    assert "精算されていない現金はありません" in officer.get(DESK).content.decode()
    body = {"customer_code": payer.code(), "amount": 3_000}
    assert shop.cashier.post(f"shops/{shop.id}/top_ups", body).status_code == 201
    page = officer.get(DESK).content.decode()
    assert '<td class="yen">3,000</td>' in page.partition("店が預かっている現金")[2].partition("確認を待つ振込先")[0]


def test_what_is_not_theirs_is_not_shown(here):
    city, shop, payer, officer, _administrator = here
    pay_before_the_cut_off(payer, shop, 5_000)
    services.draw_up_settlement(act("draw", AFTER), cut_off_on=CUT_OFF)
    transfer, other = SettlementTransfer.objects.get(), city.shop(name="例の店", name_en="Rei")
    for stranger in (other.manager, shop.cashier, payer):
        assert stranger.get("settlements").json()["results"] == []
        assert stranger.get(f"settlements/{transfer.pk}/file").status_code == 404
        assert stranger.get("payout_accounts").json()["results"] == []
    wrong = other.manager.post("payout_accounts", ACCOUNT | {"organisation_id": str(shop.organisation_id)})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "not_allowed")
    assert PayoutAccount.objects.count() == 1
    assert officer.post(f"{DESK}{transfer.batch_id}", {"deed": "nonsense"}).status_code == 200
    assert SettlementBatch.objects.get().state == "drawn"
    manager = at_the_desk(shop.manager)
    assert manager.get(DESK).status_code in (302, 403)
    assert manager.post(f"{DESK}{transfer.batch_id}", {"deed": "check"}).status_code in (302, 403)
    assert SettlementBatch.objects.get().state == "drawn"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"bank_code": "0000"}, "bank_unknown"),
        ({"branch_code": "009"}, "bank_unknown"),
        ({"holder": "山田商店"}, "kana_unwritable"),
        ({"holder": "ミ" * 31}, "kana_unwritable"),
        ({"number": "12345678"}, "invalid_body"),
        ({"account_type": "3"}, "invalid_body"),
    ],
)
def test_a_wrong_account_is_refused_with_its_field(here, wrong, code):
    _city, shop, _payer, _officer, _administrator = here
    answer = shop.manager.post("payout_accounts", ACCOUNT | {"organisation_id": str(shop.organisation_id)} | wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert PayoutAccount.objects.count() == 1


def test_number_and_holder_do_not_stand_in_the_open(here):
    row = PayoutAccount.objects.get()
    assert b"1234567" not in bytes(row.sealed)
    assert (row.number_end, "1234567" in str(row.__dict__)) == ("67", False)
