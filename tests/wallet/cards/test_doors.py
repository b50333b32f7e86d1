"""Topping up over HTTP: a person walks through the fake company's pages, and its news comes to the door."""

import pytest
from django.conf import settings
from django.test import Client, override_settings

from kernel.ids import new_id
from tests.wallet.callers import Caller
from tests.wallet.test_admin import at_the_desk
from wallet.gateways.cards import fake_vendor
from wallet.models import CardAlert, CardPayment, VendorEvent

pytestmark = pytest.mark.postgres

DESK = "/admin/wallet/cards"
EVENTS = "/api/v1/wallet/card_events"


@pytest.fixture
def hanako(city) -> Caller:
    return city.resident(yen=1000)


@pytest.fixture
def anew(committed_db) -> None:
    """Forget what the fake remembers of other databases."""
    with fake_vendor().books.turn() as turn:
        turn._db.execute("DELETE FROM thing")


def begin(person: Caller, amount: int = 3000, method: str = "card") -> dict:
    answer = person.post("card_top_ups", {"amount": amount, "method": method})
    assert answer.status_code == 201, answer.content
    return answer.json()


def deliver(event: dict, *, body: bytes | None = None, signature: str | None = None):
    payload, signed = fake_vendor().signed(event)
    header = signed if signature is None else signature
    return Client().post(EVENTS, body or payload, content_type="application/json", headers={"Stripe-Signature": header})


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def test_a_person_walks_through_the_pages_and_the_news_comes_to_the_door(hanako, anew):
    assert hanako.get("top_up_ways").json() == {
        "methods": ["card", "konbini"],
        "least": 500,
        "most": 50_000,
        "transfer": False,
    }
    top_up, browser = begin(hanako), Client()
    assert "模擬" in browser.get(path_of(top_up["url"])).content.decode()
    refused = browser.post(path_of(top_up["url"]), {"number": "4000 0000 0000 9995", "do": "card"})
    assert (refused.status_code, "insufficient_funds" in refused.content.decode()) == (422, True)
    asked = browser.post(path_of(top_up["url"]), {"number": "4000 0000 0000 3220", "do": "card"})
    assert asked.status_code == 302
    back = browser.post(path_of(asked["Location"]), {"do": "yes"})
    assert path_of(back["Location"]) == f"/pay/top-up/{top_up['id']}"
    for event in fake_vendor().events():
        assert deliver(event).status_code == 200
    assert hanako.balance() == 4000
    now = hanako.get(f"card_top_ups/{top_up['id']}").json()
    assert (now["status"], now["url"], now["amount"], now["receipt_number"] is None) == ("paid", None, 3000, False)
    newest = hanako.get("history").json()["results"][0]
    assert (newest["kind"], newest["amount"], newest["direction"]) == ("top_up_card", 3000, "in")
    (listed,) = hanako.get("card_top_ups").json()["results"]
    assert listed == now


def test_a_number_is_shown_and_paid_at_the_store(hanako, anew):
    top_up, browser = begin(hanako, method="konbini"), Client()
    voucher_page = browser.post(path_of(top_up["url"]), {"do": "konbini"})["Location"]
    waiting = hanako.post(f"card_top_ups/{top_up['id']}/look", key=None).json()
    assert waiting["status"] == "waiting"
    voucher = hanako.get(f"card_top_ups/{top_up['id']}/voucher").json()
    assert voucher["numbers"][0]["payment_code"] in browser.get(path_of(voucher_page)).content.decode()
    browser.post(path_of(voucher_page), {"do": "paid"})
    assert hanako.post(f"card_top_ups/{top_up['id']}/look", key=None).json()["status"] == "paid"
    assert hanako.balance() == 4000
    assert hanako.get(f"card_top_ups/{top_up['id']}/voucher").status_code == 404
    titles = [each["title"] for each in hanako.get("/api/v1/accounts/messages").json()["results"]]
    assert "コンビニで3,000円をチャージしました" in titles


def test_the_door_believes_a_signature_alone(hanako, anew):
    top_up = begin(hanako)
    Client().post(path_of(top_up["url"]), {"number": "4242424242424242", "do": "card"})
    event = fake_vendor().events()[-1]
    for more in ({"signature": ""}, {"signature": "t=1,v1=00"}, {"body": b'{"object":"event"}'}, {"body": b"\xff"}):
        answer = deliver(event, **more)
        assert (answer.status_code, answer.json()["code"]) == (400, "card_event_forged")
    assert deliver(event, body=b"x" * (128 * 1024 + 1)).status_code == 413
    assert (VendorEvent.objects.count(), hanako.balance()) == (0, 1000)
    assert (
        deliver({"id": "evt_x", "object": "event", "type": "a.b", "created": 1, "data": {"object": {}}}).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"amount": 499, "method": "card"}, 422, "top_up_out_of_range"),
        ({"amount": 300_000, "method": "card"}, 422, "top_up_out_of_range"),
        ({"amount": 1000, "method": "cash"}, 422, "invalid_body"),
        ({"amount": 1000.5, "method": "card"}, 422, "invalid_body"),
        ({"amount": 1000, "method": "card", "currency": "USD"}, 422, "currency_unsupported"),
    ],
)
def test_what_cannot_be_begun_is_said_and_nothing_is_begun(hanako, body, status, code):
    answer = hanako.post("card_top_ups", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert CardPayment.objects.count() == 0


def test_a_city_without_a_contract_offers_the_counter_alone(hanako):
    with override_settings(DEMO=False):
        assert hanako.get("top_up_ways").json()["methods"] == []
        assert hanako.post("card_top_ups", {"amount": 1000, "method": "card"}).json()["code"] == "cards_not_offered"
        assert Client().get("/demo/stripe/pay/cs_test_1").status_code == 404
        assert Client().post(EVENTS, b"{}", content_type="application/json").json()["code"] == "cards_not_offered"


def test_the_pages_of_the_fake_are_shut_where_a_key_stands(hanako, anew):
    top_up = begin(hanako)
    with override_settings(STRIPE=settings.STRIPE | {"key": "sk_live_x"}):
        assert Client().get(path_of(top_up["url"])).status_code == 404


def test_an_officer_looks_at_a_payment_sends_back_and_closes_what_was_looked_at(city, hanako, anew):
    officer, _administrator = city.city_office()
    desk = at_the_desk(officer)
    top_up = begin(hanako)
    intent = fake_vendor().enter_card(CardPayment.objects.get().session_id, "4242424242424242")
    for event in fake_vendor().events():
        deliver(event)
    empty = desk.get(DESK)
    assert (empty.status_code, "確認が必要なものはありません" in empty.content.decode()) == (200, True)
    number = hanako.get(f"card_top_ups/{top_up['id']}").json()["receipt_number"]
    found = desk.get(DESK, {"q": number.lower()})
    assert (found.status_code, found["Location"]) == (302, f"{DESK}/payments/{top_up['id']}")
    assert "見つかりません" in desk.get(DESK, {"q": "AAAA-AAAA"}).content.decode()
    page = desk.get(found["Location"])
    assert 'value="3000"' in page.content.decode()
    said = {"key": str(page.context["form"]["key"].value()), "amount": "1000", "why": "金額のまちがい"}
    assert "もう、カードに戻せません" not in page.content.decode()
    for _ in range(2):
        assert desk.post(found["Location"], said).status_code == 302
    assert hanako.balance() == 3000
    too_much = desk.post(found["Location"], said | {"key": str(new_id()), "amount": "2001"})
    assert "もうカードに戻せません" in too_much.content.decode()
    fake_vendor().dispute(intent["id"])
    deliver(fake_vendor().events()[-1])
    alert = CardAlert.objects.get()
    assert "申し立て" in desk.get(DESK).content.decode()
    desk.post(f"{DESK}/alerts/{alert.pk}", {"why": ""})
    assert CardAlert.objects.get().closed_at is None
    desk.post(f"{DESK}/alerts/{alert.pk}", {"why": "証拠を提出した"})
    assert (CardAlert.objects.get().outcome, CardAlert.objects.get().closed_by) == (
        "証拠を提出した",
        officer.resident_id,
    )


def test_who_may_not_handle_cards_stays_outside_of_the_desk(city, hanako):
    cashier = at_the_desk(city.shop().cashier)
    assert cashier.get(DESK).status_code in (302, 403)
    assert at_the_desk(hanako).get(DESK).status_code in (302, 403)
