"""What a card company must do for the city, held against the fake on a real server, and against Stripe where a key stands.

``MACHI_STRIPE_TEST_KEY`` names a secret key of Stripe's test mode (``sk_test_…``); without it Stripe's half skips and says so.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import stripe

from kernel import clock
from kernel.ids import new_id
from kernel.transaction import whole
from tests.wallet.cards.company import KEY, SECRET, serving
from wallet.gateways.cards.fake import paying
from wallet.gateways.cards.fake.vendor import FakeStripe
from wallet.gateways.cards.stripe_vendor import MARK, StripeVendor
from wallet.gateways.cards.words import VendorAway, VendorRefuses, Wanted

REAL_KEY = os.environ.get("MACHI_STRIPE_TEST_KEY", "")


class Company:
    """The city's side of a company, and what its own page does when a person pays (here by the library)."""

    def __init__(self, address: str, key: str) -> None:
        self.vendor = StripeVendor(key=key, webhook_secret=SECRET, api_base=address)
        self.page = stripe.StripeClient(key, base_addresses={"api": address} if address else None)

    def paid(self, amount: int = 1000, card: str = "pm_card_visa", reference=None, **more) -> stripe.PaymentIntent:
        return self.page.v1.payment_intents.create(
            {
                "amount": amount, "currency": "jpy", "payment_method_types": ["card"], "confirm": True,
                "payment_method": card, "metadata": {MARK: str(reference or new_id())},
                "return_url": "https://machi.example/back", **more,
            }
        )  # fmt: skip

    def wanted(self, method: str = "card", amount: int = 1000, *, is_held: bool = False) -> Wanted:
        return Wanted(
            reference=new_id(), amount=amount, currency="JPY", method=method, title="コインのチャージ",
            back="https://machi.example/pay/top-up/1", language="ja-easy", closes_at=clock.now() + timedelta(hours=1),
            is_held=is_held,
        )  # fmt: skip


@pytest.fixture(params=["fake", "stripe"])
def theirs(request, tmp_path) -> Iterator[Company]:
    if request.param == "stripe":
        if not REAL_KEY.startswith("sk_test_"):
            pytest.skip("MACHI_STRIPE_TEST_KEY names no test key: Stripe itself is not asked")
        yield Company("", REAL_KEY)
        return
    company = FakeStripe(tmp_path / "books.sqlite", key=KEY, webhook_secret=SECRET, pages="https://pay.example")
    with serving(company) as address:
        yield Company(address, KEY)


def just_now() -> dict[str, datetime]:
    return {"since": clock.now() - timedelta(minutes=2), "until": clock.now() + timedelta(minutes=2)}


@pytest.mark.parametrize("method", ["card", "konbini"])
def test_a_page_is_opened_once_for_a_reference_and_can_be_given_up(theirs, method):
    wanted = theirs.wanted(method)
    first, again = theirs.vendor.open(wanted), theirs.vendor.open(wanted)
    assert first == again
    assert first.url.startswith("https://")
    said = theirs.vendor.read(first.session_id)
    assert (said.state, said.amount, said.currency, said.reference) == ("open", 1000, "JPY", wanted.reference)
    assert (said.received, said.refunded, said.intent_id) == (0, 0, None)
    assert theirs.vendor.cancel(first.session_id).state == "ended"
    assert theirs.vendor.cancel(first.session_id).state == "ended"


def test_less_than_the_company_takes_is_refused(theirs):
    with pytest.raises(VendorRefuses, match="amount_too_small"):
        theirs.vendor.open(theirs.wanted(amount=10))


def test_money_that_came_is_said_with_its_reference(theirs):
    reference = new_id()
    intent = theirs.paid(1234, reference=reference)
    said = theirs.vendor.read_intent(intent.id)
    assert (said.state, said.amount, said.received, said.currency) == ("received", 1234, 1234, "JPY")
    assert (said.reference, said.refunded, said.refused) == (reference, 0, "")
    assert said.created_at.tzinfo is UTC


def test_a_declined_card_leaves_nothing_and_says_why(theirs):
    with pytest.raises(stripe.CardError) as refused:
        theirs.paid(card="pm_card_visa_chargeDeclinedInsufficientFunds")
    said = theirs.vendor.read_intent(refused.value.error.payment_intent["id"])
    assert (said.state, said.received, said.refused) == ("open", 0, "insufficient_funds")


def test_a_card_that_asks_its_holder_waits_for_the_answer(theirs):
    intent = theirs.paid(card="pm_card_authenticationRequired")
    assert intent.next_action["redirect_to_url"]["url"].startswith("http")
    assert theirs.vendor.read_intent(intent.id).state == "open"


def test_money_goes_back_once_for_a_reference_in_parts_and_no_more_than_came(theirs):
    intent, half = theirs.paid(1000), new_id()
    first = theirs.vendor.send_back(intent.id, amount=400, reference=half)
    again = theirs.vendor.send_back(intent.id, amount=400, reference=half)
    assert first == again
    assert (first.status, first.amount, first.reference, first.intent_id) == ("done", 400, half, intent.id)
    with pytest.raises(VendorRefuses):
        theirs.vendor.send_back(intent.id, amount=601, reference=new_id())
    theirs.vendor.send_back(intent.id, amount=600, reference=new_id())
    said = theirs.vendor.read_intent(intent.id)
    assert (said.state, said.received, said.refunded) == ("received", 1000, 1000)
    assert sorted(sent.amount for sent in theirs.vendor.returns_of(intent.id)) == [400, 600]


def test_a_payment_that_was_not_made_gives_nothing_back(theirs):
    made = theirs.page.v1.payment_intents.create({"amount": 500, "currency": "jpy", "payment_method_types": ["card"]})
    with pytest.raises(VendorRefuses):
        theirs.vendor.send_back(made.id, amount=500, reference=new_id())


def test_a_page_for_money_that_is_only_set_aside_is_opened_and_given_up(theirs):
    opened = theirs.vendor.open(theirs.wanted(is_held=True))
    assert theirs.vendor.read(opened.session_id).state == "open"
    assert theirs.vendor.capture(opened.session_id, amount=500).state == "open"  # nothing is set aside yet
    assert theirs.vendor.cancel(opened.session_id).state == "ended"


def test_money_that_is_set_aside_is_said_so_and_is_not_there(theirs):
    intent = theirs.paid(1000, capture_method="manual")
    said = theirs.vendor.read_intent(intent.id)
    assert (said.state, said.amount, said.received, said.refunded) == ("reserved", 1000, 0, 0)
    with pytest.raises(VendorRefuses):
        theirs.vendor.send_back(intent.id, amount=100, reference=new_id())


def test_less_than_was_set_aside_is_captured_and_the_rest_is_no_refund(theirs):
    intent = theirs.paid(1000, capture_method="manual")
    theirs.page.v1.payment_intents.capture(intent.id, {"amount_to_capture": 700})
    said = theirs.vendor.read_intent(intent.id)
    assert (said.state, said.amount, said.received, said.refunded) == ("received", 1000, 700, 0)
    assert theirs.vendor.returns_of(intent.id) == []
    sent = theirs.vendor.send_back(intent.id, amount=300, reference=new_id())
    assert [each.refund_id for each in theirs.vendor.returns_of(intent.id)] == [sent.refund_id]
    assert sent.refund_id in [each.refund_id for each in theirs.vendor.returns(**just_now()).rows]
    assert theirs.vendor.read_intent(intent.id).refunded == 300
    with pytest.raises(VendorRefuses):
        theirs.vendor.send_back(intent.id, amount=401, reference=new_id())


def test_what_was_set_aside_and_let_go_has_ended(theirs):
    intent = theirs.paid(1000, capture_method="manual")
    theirs.page.v1.payment_intents.cancel(intent.id)
    assert theirs.vendor.read_intent(intent.id).state == "ended"


def test_a_session_is_captured_once_by_the_amount_and_cancelled_where_it_is_set_aside(tmp_path):
    company = FakeStripe(tmp_path / "books.sqlite", key=KEY, webhook_secret=SECRET, pages="https://pay.example")
    with serving(company) as address:  # a page is only filled in by a person: Stripe itself cannot be asked to
        theirs = Company(address, KEY)
        first, second = (theirs.vendor.open(theirs.wanted(is_held=True)) for _ in range(2))
        for opened in (first, second):
            company.enter_card(opened.session_id, paying.GOOD)
            assert theirs.vendor.read(opened.session_id).state == "reserved"
        with pytest.raises(VendorRefuses):
            theirs.vendor.capture(first.session_id, amount=1001)
        for _ in range(2):
            said = theirs.vendor.capture(first.session_id, amount=600)
            assert (said.state, said.received) == ("received", 600)
        assert theirs.vendor.cancel(second.session_id).state == "ended"
        assert theirs.vendor.capture(second.session_id, amount=600).state == "ended"


def test_lists_are_whole_over_their_pages(theirs, monkeypatch):
    monkeypatch.setattr("wallet.gateways.cards.stripe_vendor.PAGE", 3)
    paid = [theirs.paid(100 + number).id for number in range(7)]
    found, after = [], None
    while True:
        part = theirs.vendor.payments(**just_now(), after=after)
        assert len(part.rows) <= 3
        found += [said.intent_id for said in part.rows]
        after = part.next
        if after is None or set(paid) <= set(found):
            break
    assert set(paid) <= set(found)
    assert len(found) == len(set(found))


def test_outside_of_the_window_nothing_is_listed(theirs):
    theirs.paid()
    long_ago = {"since": datetime(2020, 1, 1, tzinfo=UTC), "until": datetime(2020, 1, 2, tzinfo=UTC)}
    for ask in (theirs.vendor.payments, theirs.vendor.returns, theirs.vendor.disputes):
        assert (ask(**long_ago).rows, ask(**long_ago).next) == ([], None)


def test_nobody_asks_with_a_wrong_key(theirs):
    stranger = StripeVendor(
        key="sk_test_wrong", webhook_secret=SECRET, api_base=theirs.page._requestor.base_addresses["api"]
    )
    with pytest.raises(VendorAway):
        stranger.read_intent("pi_1")


@pytest.mark.django_db(transaction=True)
def test_the_company_is_never_asked_inside_a_transaction(theirs):
    with pytest.raises(RuntimeError, match="inside a transaction"), whole():
        theirs.vendor.read_intent("pi_1")


def test_a_company_that_does_not_answer_is_away():
    nobody = StripeVendor(key=KEY, webhook_secret=SECRET, api_base="http://127.0.0.1:9")
    with pytest.raises(VendorAway):
        nobody.read_intent("pi_1")
