"""A business asks to take the coin: on the phone, kept as one goes, reviewed by the city, and made whole in one step."""

from functools import partial

import psycopg
import pytest

from accounts.selectors import organisations_of, people_of, principal_of
from kernel import clock
from kernel.use_case import Act
from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import broken
from tests.wallet.callers import act
from tests.wallet.city_office import BANKS, BRANCHES
from tests.wallet.merchants.applying import ANSWERS, DOOR, TERMS, applicant, drafted, submitted
from tests.wallet.test_admin import at_the_desk
from wallet import services
from wallet.models import Account, ApplicationStep, MerchantApplication, PayoutAccount, Shop, ShopStop
from wallet.services.personal_store import WalletStore

DESK = "/admin/merchants/"


def messages_of(who) -> list[str]:
    return [each["title"] for each in who.get("/api/v1/accounts/messages").json()["results"]]


def test_a_draft_is_kept_as_one_goes_and_says_what_is_missing(city):
    yuki, taro = applicant(city), city.resident()
    first = yuki.post(DOOR, {}).json()
    assert yuki.post(DOOR, {}).json()["id"] == first["id"]  # the draft that there is
    door = f"{DOOR}/{first['id']}"
    assert yuki.ask("PUT", door, {"shop_name": "見本パン店", "shop_name_kana": "パン屋"}).status_code == 200
    refusal = yuki.post(f"{door}/submit", TERMS)
    assert (refusal.status_code, refusal.json()["code"]) == (422, "application_incomplete")
    faults = {each["field"]: each["code"] for each in refusal.json()["errors"]}
    assert faults["shop_name_kana"] == "invalid"
    assert {"trade", "details.point", "details.hours", "payout.holder", "legal_name"} <= faults.keys()
    assert yuki.get(door).json()["answers"]["shop_name"] == "見本パン店"
    for method, path in (("GET", door), ("PUT", door), ("POST", f"{door}/submit"), ("POST", f"{door}/withdraw")):
        body = ANSWERS if method == "PUT" else TERMS if path.endswith("submit") else None
        assert taro.ask(method, path, body).status_code == 404
    listed = yuki.get(DOOR).json()
    assert ([each["state"] for each in listed["results"]], listed["terms"]) == (["draft"], "2026-12")
    assert {"code": "5462", "words": "パン・菓子"} in listed["trades"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"payout": ANSWERS["payout"] | {"bank_code": "0001"}}, "bank_unknown"),
        ({"payout": ANSWERS["payout"] | {"holder": "見本 一"}}, "kana_unwritable"),
        ({"trade": "0000"}, "application_incomplete"),
        (
            {"details": ANSWERS["details"] | {"point": {"latitude_e6": 32_803_100, "longitude_e6": 130_707_900}}},
            "place_outside_town",
        ),
        ({"shop_name_en": "みほん"}, "application_incomplete"),
    ],
)
def test_what_cannot_be_is_not_sent(city, change, code):
    yuki = applicant(city)
    key = drafted(yuki, **change)
    assert yuki.post(f"{DOOR}/{key}/submit", TERMS).json()["code"] == code
    assert MerchantApplication.objects.get().state == "draft"


def test_terms_of_yesterday_and_guests_are_refused(city):
    yuki = applicant(city)
    key = drafted(yuki)
    assert yuki.post(f"{DOOR}/{key}/submit", {"terms": "2019-01"}).json()["code"] == "terms_moved"
    sent = yuki.post(f"{DOOR}/{key}/submit", TERMS, key="submit-once-0001")
    again = yuki.post(f"{DOOR}/{key}/submit", TERMS, key="submit-once-0001")
    assert (sent.status_code, again.content) == (200, sent.content)
    assert yuki.post(f"{DOOR}/{key}/submit", TERMS).json()["code"] == "application_moved"
    assert yuki.ask("PUT", f"{DOOR}/{key}", ANSWERS).json()["code"] == "application_moved"


def test_from_the_phone_to_the_first_payment(city):
    yuki = applicant(city)
    key = submitted(yuki)
    officer = at_the_desk(city.city_office()[0])
    assert "見本パン店" in officer.get(DESK).content.decode()
    page = officer.get(DESK + key).content.decode()
    for words in ("見本 一", "7654321", "ミホンパンテン", "0966-00-0099", "32.212000,130.761000", "月 火 07:00–18:00"):
        assert words in page
    answer = officer.post(DESK + key, {"deed": "approve", "version": "1"})
    assert answer.status_code == 302
    row = MerchantApplication.objects.get()
    shop = Shop.objects.get(pk=row.shop_id)
    assert (row.state, shop.name, shop.name_kana, shop.telephone) == (
        "approved", "見本パン店", "ミホンパンテン", "0966-00-0099",
    )  # fmt: skip
    assert people_of(row.organisation_id, "merchant.manager") == [yuki.resident_id]
    payout = PayoutAccount.objects.get(organisation_id=row.organisation_id)
    assert (payout.state, payout.registered_by) == ("waiting", yuki.resident_id)
    (mine,) = yuki.get("shops").json()["results"]
    code = yuki.get(f"shops/{mine['id']}/code").json()["code"]
    paid = city.resident(yen=1000).post("payments", {"code": code, "amount": 300})
    assert paid.status_code == 201
    assert "「見本パン店」が加盟店になりました" in messages_of(yuki)
    assert yuki.get(f"{DOOR}/{key}").json()["shop_id"] == mine["id"]
    assert "加盟店の申込みの審査" in yuki.get("/api/v1/accounts/accesses").content.decode()
    assert broken() == {}


def test_sent_back_mended_and_sent_again(city):
    yuki = applicant(city)
    key = submitted(yuki)
    officer = at_the_desk(city.city_office()[0])
    officer.post(DESK + key, {"deed": "send_back", "version": "1", "why": ""})
    assert MerchantApplication.objects.get().state == "waiting"  # nothing without a reason
    officer.post(DESK + key, {"deed": "send_back", "version": "1", "why": "通帳の名義と違います"})
    mine = yuki.get(f"{DOOR}/{key}").json()
    assert (mine["state"], mine["steps"][-1]["why"]) == ("sent_back", "通帳の名義と違います")
    assert any("確かめたいこと" in title for title in messages_of(yuki))
    mended = ANSWERS | {"payout": ANSWERS["payout"] | {"number": "1111111"}}
    assert yuki.ask("PUT", f"{DOOR}/{key}", mended).status_code == 200
    assert yuki.post(f"{DOOR}/{key}/submit", TERMS).status_code == 200
    late = officer.post(DESK + key, {"deed": "approve", "version": "1"}, follow=True).content.decode()
    assert "ほかの人が先に進めたか" in late  # the officer had read the version before
    officer.post(DESK + key, {"deed": "decline", "version": "2", "why": "営業の実態が確かめられませんでした"})
    assert yuki.get(f"{DOOR}/{key}").json()["state"] == "declined"
    assert list(ApplicationStep.objects.order_by("at", "id").values_list("version", "state")) == [
        (1, "waiting"), (1, "sent_back"), (2, "waiting"), (2, "declined"),
    ]  # fmt: skip
    assert yuki.post(f"{DOOR}/{key}/withdraw").json()["code"] == "application_moved"
    assert Shop.objects.count() == 0


def test_an_application_is_taken_back_and_the_next_begins_anew(city):
    yuki = applicant(city)
    key = submitted(yuki)
    assert yuki.post(f"{DOOR}/{key}/withdraw").json()["state"] == "withdrawn"
    row = MerchantApplication.objects.get()
    assert (row.name_token, row.telephone_token, row.account_token) == ("", "", "")
    officer = at_the_desk(city.city_office()[0])
    said = officer.post(DESK + key, {"deed": "approve", "version": "1"}, follow=True).content.decode()
    assert "画面を開き直してください" in said
    assert yuki.post(DOOR, {}).json()["id"] != key


def test_the_officer_is_warned_of_what_is_known_already(city):
    yuki, taro = applicant(city), city.resident()
    known = city.shop("見本 パン店")
    account = ANSWERS["payout"] | {"organisation_id": str(known.organisation_id)}
    assert known.manager.post("payout_accounts", account).status_code == 201
    submitted(taro, shop_name="別の店", shop_name_kana="ベツ")
    key = submitted(yuki)
    page = at_the_desk(city.city_office()[0]).get(DESK + key).content.decode()
    for words in (
        "同じ店名: 見本 パン店",
        "同じ電話番号: 別の店",
        "同じ振込先口座: 別の店",
        "同じ振込先口座: 見本 パン店",
    ):
        assert words in page
    assert "同じ店名: 別の店" not in page


def test_a_manager_asks_for_a_further_shop_with_less_to_say(city):
    shop, taro = city.shop(), city.resident()
    assert taro.post(DOOR, {"organisation_id": str(shop.organisation_id)}).status_code == 403
    assert shop.cashier.post(DOOR, {"organisation_id": str(shop.organisation_id)}).status_code == 403
    short = {"legal_name": "", "representative": "", "representative_kana": "", "payout": {}}
    key = submitted(shop.manager, organisation_id=shop.organisation_id, **short)
    officer = at_the_desk(city.city_office()[0])
    officer.post(DESK + key, {"deed": "approve", "version": "1"})
    assert {each["name"] for each in shop.manager.get("shops").json()["results"]} == {"見本食堂", "見本パン店"}
    assert {each["name"] for each in shop.cashier.get("shops").json()["results"]} == {"見本食堂", "見本パン店"}
    assert (PayoutAccount.objects.count(), len(organisations_of(shop.manager.resident_id))) == (0, 1)


@pytest.mark.postgres
def test_two_officers_approve_at_once_and_one_is_told(city):
    yuki = applicant(city)
    key = submitted(yuki)
    officers = [principal_of(each.resident_id) for each in city.city_office()]
    outcomes = all_at_once(
        partial(
            services.approve_application, Act(officers[number % 2], at=clock.now(), key=f"approve-{number:04}"),
            application_id=key, version=1,
        )
        for number in range(10)
    )  # fmt: skip
    assert outcomes.count("application_moved") == 9
    assert (Shop.objects.count(), Account.objects.filter(kind="merchant").count()) == (1, 1)
    assert (PayoutAccount.objects.count(), len(organisations_of(yuki.resident_id))) == (1, 1)


def test_an_approval_that_breaks_leaves_nothing(city):
    yuki = applicant(city)
    key = submitted(yuki)
    services.import_banks(act(), banks=BANKS[:1], branches=BRANCHES[:1])  # the bank is gone meanwhile
    officer = at_the_desk(city.city_office()[0])
    said = officer.post(DESK + key, {"deed": "approve", "version": "1"}, follow=True).content.decode()
    assert "組み合わせは見つかりません" in said
    assert (Shop.objects.count(), PayoutAccount.objects.count(), organisations_of(yuki.resident_id)) == (0, 0, [])
    assert MerchantApplication.objects.get().state == "waiting"


def test_a_shop_is_suspended_resumed_and_closed_and_still_refunds_and_is_paid(city):
    hanako, shop = city.resident(yen=5_000), city.shop()
    officer = at_the_desk(city.city_office()[0])
    paid = hanako.post("payments", {"code": shop.code, "amount": 900}).json()
    desk = f"{DESK}shops"
    assert "見本食堂" in officer.get(f"{desk}?q=見本").content.decode()
    officer.post(desk, {"shop": str(shop.id), "deed": "suspend", "why": "確認のため"})
    assert hanako.post("payments", {"code": shop.code, "amount": 100}).json()["code"] == "shop_closed"
    assert shop.cashier.get("shops").json()["results"][0]["is_open"] is False
    assert shop.cashier.post(f"payments/{paid['id']}/refunds", {"amount": 100}).status_code == 201
    officer.post(desk, {"shop": str(shop.id), "deed": "resume", "why": "確認できました"})
    assert hanako.post("payments", {"code": shop.code, "amount": 100}).status_code == 201
    officer.post(desk, {"shop": str(shop.id), "deed": "close", "why": "廃業の届出"})
    said = officer.post(desk, {"shop": str(shop.id), "deed": "resume", "why": "まちがい"}, follow=True)
    assert "停止中ではありません" in said.content.decode()
    assert shop.cashier.post(f"shops/{shop.id}/charges", {"amount": 10}).json()["code"] == "shop_closed"
    assert shop.cashier.post(f"payments/{paid['id']}/refunds", {"amount": 100}).status_code == 201
    assert len([title for title in messages_of(shop.manager) if "見本食堂" in title]) >= 3
    assert list(ShopStop.objects.order_by("stopped_at", "id").values_list("is_final", "end_reason")) == [
        (False, "確認できました"), (True, ""),
    ]  # fmt: skip
    for stranger in (hanako, shop.manager):
        assert at_the_desk(stranger).get(desk).status_code in (302, 403)
    assert broken() == {}


def test_what_was_written_is_taken_home_and_taken_back_by_who_leaves(city):
    yuki = applicant(city)
    submitted(yuki)
    drafted(yuki)
    store = WalletStore()
    (file,) = [each for each in store.export(yuki.resident_id, at=clock.now()) if "applications" in each.path]
    assert "見本パン店".encode() in file.content
    store.closed(yuki.resident_id, at=clock.now())
    store.closed(yuki.resident_id, at=clock.now())  # again changes nothing
    assert set(MerchantApplication.objects.values_list("state", flat=True)) == {"withdrawn"}


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE wallet_merchantapplication SET state = 'waiting'",
        "UPDATE wallet_merchantapplication SET shop_id = NULL",
        "DELETE FROM wallet_merchantapplication",
        "UPDATE wallet_applicationstep SET why = 'x'",
        (
            "INSERT INTO wallet_applicationstep (id, version, state, why, by, at, application_id)"
            " SELECT gen_random_uuid(), version, 'declined', 'x', by, at, application_id FROM wallet_applicationstep"
            " WHERE state = 'approved'"
        ),
    ],
)
def test_what_was_decided_stays_whoever_asks(city, committed_db, statement):
    yuki = applicant(city)
    key = submitted(yuki)
    at_the_desk(city.city_office()[0]).post(DESK + key, {"deed": "approve", "version": "1"})
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner, pytest.raises(psycopg.Error):
        owner.execute(statement)
