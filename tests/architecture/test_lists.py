"""Every list costs as many queries for a hundred rows as for one; a list that is not measured here fails."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from accounts import services as accounts
from accounts.gateways.card import CardHolder
from accounts.models import Export
from accounts.notifications import notify
from accounts.selectors import principal_of
from accounts.selectors.partners import OWN_DEVICES
from accounts.selectors.profiles import access_name
from accounts.services.cards import show_card
from accounts.services.consents import give_consent
from accounts.services.devices import approve_device, ask_for_device
from accounts.services.mandates import invite_delegate, take_up_mandate
from accounts.services.partners.connecting import Asked, Proof, connect_partner
from kernel import clock
from kernel.log import growth
from kernel.log.heads import sign_days
from kernel.principal import SYSTEM
from kernel.use_case import Act
from mobility.engine.live_results import AlertDraft
from mobility.services.live import write_alert
from tests.accounts.openid.partner import partner
from tests.architecture.lists_of_the_wallet import (
    coupons_near,
    coupons_of_my_shop,
    my_accounts_for_payouts,
    my_card_top_ups,
    my_coupons,
    my_orders,
    my_organisations,
    my_payouts,
    my_premiums,
    my_referrals,
    my_settlements,
    my_stamp_cards,
    orders_of_my_shop,
    premiums_at_my_till,
    stamp_cards_of_my_shop,
)
from tests.factories.agreements import publish
from tests.factories.people import organisation, person
from tests.wallet.town import Town
from wallet import services as wallet
from wallet.selectors.balances import history_entry

MANY = 100
LAST_DAY = date(2027, 3, 31)
LATER = datetime(2099, 1, 1, tzinfo=UTC)

Seed = Callable[[Town, dict[str, Any], int], None]


def my_tills(town: Town, story: dict[str, Any], count: int) -> None:
    """Let me run the tills of so many shops."""
    my_organisations(town, story, count)
    story["path"] = "/api/v1/wallet/shops"


def shops_of_the_town(town: Town, story: dict[str, Any], count: int) -> None:
    """Let so many shops take the coin."""
    my_organisations(town, story, count)
    story["path"] = "/api/v1/wallet/town_shops"


def my_copies(town: Town, story: dict[str, Any], count: int) -> None:
    """Have asked for so many copies of my data."""
    story |= {"who": story.get("who") or town.resident(), "path": "/api/v1/accounts/exports?limit=200"}
    gone = {"resident_id": story["who"].actor, "language": "ja", "state": "gone", "requested_at": town.at}
    Export.objects.bulk_create([Export(**gone) for _ in range(count)])


def my_payments(town: Town, story: dict[str, Any], count: int) -> None:
    """Pay so many times."""
    if "who" not in story:
        story |= {"who": town.resident(yen=10_000), "till": town.till(), "path": "/api/v1/wallet/history?limit=200"}
    for _ in range(count):
        wallet.pay(town.act(story["who"]), code=story["till"].code, amount=1)


def my_lots(town: Town, story: dict[str, Any], count: int) -> None:
    """Hold so many lots that end on different days."""
    story |= {"who": story.get("who") or town.resident(), "path": "/api/v1/wallet/balance"}
    for _ in range(count):
        story["day"] = story.get("day", LAST_DAY) - timedelta(days=1)
        wallet.issue_coins(town.act(SYSTEM), account_id=story["who"].account, bonus=1, bonus_expires_on=story["day"])


def payments_of_a_shop(town: Town, story: dict[str, Any], count: int) -> None:
    """Let the shop be paid so many times."""
    my_payments(town, story.setdefault("payer", {}), count)
    till = story["payer"]["till"]
    story |= {"who": till.cashier, "path": f"/api/v1/wallet/shops/{till.id}/payments?limit=200"}


def holds_at_a_shop(town: Town, story: dict[str, Any], count: int) -> None:
    """Set an amount aside for the shop so many times."""
    if "payer" not in story:
        till = town.till()
        story |= {"payer": town.resident(yen=10_000), "till": till, "who": till.cashier}
        story["path"] = f"/api/v1/wallet/shops/{till.id}/holds?limit=200"
    for _ in range(count):
        code = town.customer_code(story["payer"])
        wallet.hold(town.act(story["who"]), shop_id=story["till"].id, customer_code=code, amount=1)


def my_consents(town: Town, story: dict[str, Any], count: int) -> None:
    """Say yes to so many shops."""
    story["who"] = story.get("who") or person().principal
    story["path"] = "/api/v1/accounts/consents?limit=200"
    story.setdefault("shops", [])
    for _ in range(count):
        shop = organisation()
        give_consent(town.act(story["who"]), revision_id=publish(shop).revision_id, classes=["profile"])
        story["shops"].append(shop)


def agreements_that_ask_anew(town: Town, story: dict[str, Any], count: int) -> None:
    """Say yes to so many shops, all of which want more later."""
    my_consents(town, story, count)
    story["path"] = "/api/v1/accounts/consents/asked_anew"
    for shop in story.pop("shops"):
        publish(shop, keeps_days=31)


def my_family(town: Town, story: dict[str, Any], count: int) -> None:
    """Let so many act for me, and me for so many."""
    me = story["who"] = story.get("who") or person("私").principal
    story["path"] = "/api/v1/accounts/family"
    for _ in range(count):
        other = person("家族").principal
        for inviting, taking in ((me, other), (other, me)):
            token = invite_delegate(Act(inviting, at=clock.now()), scopes=["wallet"]).token
            take_up_mandate(Act(taking, at=clock.now()), token=token)


def my_connections(town: Town, story: dict[str, Any], count: int) -> None:
    """Connect me with so many services."""
    if "user_id" not in story:
        newcomer = accounts.sign_up(town.act(SYSTEM), language="ja", display_name="試験花子")
        story |= {"user_id": newcomer.user_id, "who": principal_of(newcomer.resident_id)}
        story["path"] = "/api/v1/accounts/connections?limit=200"
    for _ in range(count):
        service = partner()
        asked = Asked(service.client_id, service.redirect_uri, ["openid"], "c" * 43, None)
        proof = Proof(level=1, methods=["otp"], at=town.act(SYSTEM).at)
        connect_partner(town.act(story["who"]), user_id=story["user_id"], asked=asked, proof=proof, classes=[])


def devices_of_my_shop(town: Town, story: dict[str, Any], count: int) -> None:
    """Let so many tills stand in my shop."""
    if "shop" not in story:
        newcomer = accounts.sign_up(town.act(SYSTEM), language="ja", display_name="試験店長")
        shop = accounts.found_organisation(town.act(SYSTEM), name="店", name_en="Shop", kind="merchant").id
        job = {"organisation_id": shop, "resident_id": newcomer.resident_id, "role": "merchant.manager"}
        accounts.appoint(town.act(SYSTEM), **job)
        story |= {"shop": shop, "resident_id": newcomer.resident_id, "path": "/api/v1/accounts/devices?limit=200"}
    story["who"] = principal_of(story["resident_id"])
    for number in range(count):
        code = ask_for_device(town.act(SYSTEM), client_id=OWN_DEVICES, kind="till").user_code
        place = {"organisation_id": story["shop"], "label": f"レジ{number}"}
        approve_device(town.act(story["who"]), user_code=code, **place)


def my_messages(town: Town, story: dict[str, Any], count: int) -> None:
    """Tell me so many things."""
    story |= {"who": story.get("who") or town.resident(), "path": "/api/v1/accounts/messages?limit=200"}
    told = {"to": story["who"].actor, "message": "accounts.role_given", "values": {"organisation": "見本商店"}}
    for _ in range(count):
        story["told"] = story.get("told", 0) + 1
        notify(town.act(SYSTEM), **told, dedupe=str(story["told"]))


def readings_of_my_data(town: Town, story: dict[str, Any], count: int) -> None:
    """Look at myself so many times."""
    if "who" not in story:
        newcomer = accounts.sign_up(town.act(SYSTEM), language="ja", display_name="試験花子")
        story |= {"who": principal_of(newcomer.resident_id), "path": "/api/v1/accounts/accesses?by=self&limit=200"}
    for _ in range(count):
        access_name(story["who"].actor, story["who"].actor)


def heads_of_the_log(town: Town, story: dict[str, Any], count: int) -> None:
    """Let so many days be signed."""
    story |= {"who": SYSTEM, "path": "/.well-known/machi/log/heads?limit=200"}
    story["day"] = story.get("day", town.at) + timedelta(days=count)
    sign_days(growth.WITH_TREE[0], at=story["day"])


def my_verifications(town: Town, story: dict[str, Any], count: int) -> None:
    """Lay down my card so many times."""
    if "who" not in story:
        newcomer = accounts.sign_up(town.act(SYSTEM), language="ja", display_name="試験花子")
        story |= {"who": principal_of(newcomer.resident_id), "path": "/api/v1/accounts/id/verifications?limit=200"}
    for _ in range(count):
        holder = CardHolder("pairwise", "試験 花子", "人吉市", "1990-01-01", "female")
        show_card(town.act(story["who"]), holder=holder)


def notices_about_lines(town: Town, story: dict[str, Any], count: int) -> None:
    """Let the city write so many notices."""
    story |= {"who": SYSTEM, "path": "/api/v1/mobility/alerts"}
    for _ in range(count):
        write_alert(town.act(SYSTEM), draft=AlertDraft(header={"ja": "工事"}))


LISTS: dict[str, Seed] = {
    "/api/v1/mobility/alerts": notices_about_lines,
    "/api/v1/wallet/coupons": coupons_near,
    "/api/v1/wallet/coupons/mine": my_coupons,
    "/api/v1/wallet/shops/{}/coupons": coupons_of_my_shop,
    "/api/v1/wallet/stamp_cards": my_stamp_cards,
    "/api/v1/wallet/shops/{}/stamp_cards": stamp_cards_of_my_shop,
    "/api/v1/wallet/referrals": my_referrals,
    "/api/v1/accounts/consents": my_consents,
    "/api/v1/accounts/consents/asked_anew": agreements_that_ask_anew,
    "/api/v1/accounts/family": my_family,
    "/api/v1/accounts/connections": my_connections,
    "/api/v1/accounts/devices": devices_of_my_shop,
    "/.well-known/machi/log/heads": heads_of_the_log,
    "/api/v1/accounts/accesses": readings_of_my_data,
    "/api/v1/accounts/exports": my_copies,
    "/api/v1/accounts/id/verifications": my_verifications,
    "/api/v1/accounts/me": my_organisations,
    "/api/v1/accounts/messages": my_messages,
    "/api/v1/wallet/balance": my_lots,
    "/api/v1/wallet/card_top_ups": my_card_top_ups,
    "/api/v1/wallet/history": my_payments,
    "/api/v1/wallet/payout_accounts": my_accounts_for_payouts,
    "/api/v1/wallet/payouts": my_payouts,
    "/api/v1/wallet/settlements": my_settlements,
    "/api/v1/wallet/premium_offers": my_premiums,
    "/api/v1/wallet/shops/{}/premium": premiums_at_my_till,
    "/api/v1/wallet/shops": my_tills,
    "/api/v1/wallet/town_shops": shops_of_the_town,
    "/api/v1/wallet/orders": my_orders,
    "/api/v1/wallet/shops/{}/orders": orders_of_my_shop,
    "/api/v1/wallet/shops/{}/holds": holds_at_a_shop,
    "/api/v1/wallet/shops/{}/payments": payments_of_a_shop,
}
WITHOUT_ROWS = {
    "/api/v1/mobility/journeys": "a timetable in memory answers, and no table",
    "/api/v1/mobility/reach": "a timetable in memory answers, and no table",
    "/api/v1/mobility/trips": "a timetable in memory answers, and no table",
    "/api/v1/mobility/vehicles": "what Redis holds of a few sources, whose rows are read by one query",
    "/api/v1/mobility/bikes": "what Redis holds of a few sources, whose rows are read by one query",
    "/api/v1/mobility/places": "an index in memory; once a minute shops and things of the town are read anew, by a query each kind",
    "/api/v1/mobility/places/at": "the same index",
    "/api/v1/mobility/stops": "a timetable in memory answers, and the notices of each stop of twenty are not read",
    "/api/v1/mobility/stops/{}": "a timetable in memory answers, and no table",
    "/api/v1/mobility/stops/{}/departures": "a timetable in memory answers; the notices that stand are one query",
    "/api/v1/mobility/ground": "a timetable and a map of streets in memory answer, and no table",
    "/api/v1/mobility/routes": "a timetable in memory answers, and no table",
    "/api/v1/mobility/routes/{}": "a timetable in memory answers, and no table",
    "/api/v1/mobility/saved_places": "thirty at most, by one query: tests/mobility/saved/test_saved_places.py counts it",
    "/api/v1/mobility/feeds": "the operators of one town, by one query: tests/mobility/bringing/test_doors.py counts it",
    "/api/v1/wallet/shop_cash": "the organisations that one manages: what they hold, and what was received, by a query each",
    "/api/v1/wallet/requests/mine": "fifty at most, each way: tests/wallet/sending/test_requests.py counts it",
    "/api/v1/wallet/orders/{}": "fifty lines at the most and what came back of them, a query each kind",
    "/api/v1/wallet/requests/{}": "as many parts as people share a bill, by one query",
    "/api/v1/wallet/transfers/{}": "the lots of one sending, by one query",
    "/api/v1/wallet/card_top_ups/{}/voucher": "the chains of stores that the card company names, from no table",
    "/api/v1/wallet/premium_sales": "the list that a till gets, for the counter: measured there",
    "/api/v1/wallet/coupons/for_me": "the same rows as the coupons near, after one reading of one's own facts",
    "/api/v1/wallet/coupons/{}": "a coupon's hours stand in its rule, and its shops come from one query",
    "/api/v1/wallet/payments/{}/coupons": "three at most, by one query",
    "/api/v1/accounts/agreements/{}": "the classes that one document names",
    "/api/v1/accounts/agreements/{}/asked": "differences between two documents, reckoned from their texts",
    "/.well-known/machi/draws/{}": "a draw's places and its three parties, a query each, whole so that anybody can recompute",
    "/.well-known/machi/log/keys": "the keys in use and the few that were turned over",
    "/api/v1/accounts/closing": "what each app says once",
    "/api/v1/accounts/demo_codes": "letters of the last minutes, kept in Valkey and never in a table",
    "/api/v1/accounts/demo_personas": "the demo city's fixed cast",
    "/api/v1/accounts/devices/here/board": "a door or two, which stand in code",
    "/api/v1/accounts/public_notices": "ten at most, by one query: tests/accounts/devices/test_screens.py counts it",
    "/api/v1/accounts/home": "a card or two of each app, whatever the number of rows behind them; kinds stand in code",
    "/api/v1/wallet/statements": "a month is a line: one query finds the first, whatever lies between",
    "/api/v1/wallet/shops/{}/statements": "a month is a line: one query finds the first, whatever lies between",
    "/api/v1/accounts/organisations/{}/staff": "the people of one shop and its open invitations, a query each",
    "/api/v1/wallet/merchant_applications": "fifty of my own at most, by one query; trades stand in code",
    "/api/v1/wallet/merchant_applications/{}": "the few steps of one application, by one query",
    "/api/v1/wallet/shops/{}/days": "a day is a line, a month at the most: two queries, which tests/wallet/shop_days counts",
    "/api/v1/wallet/shops/{}/days/{}": "a till is a line, of a few; what came late is one query",
    "/api/v1/accounts/message_settings": "channels and categories stand in code",
}

FIXED = {("/api/v1/accounts/family", "scopes"), ("/api/v1/wallet/town_shops", "outline")}
"""Lists of what stands in code, beside others that grow."""


@pytest.fixture
def town(committed_db) -> Town:
    """Build a town in a database of its own: use cases commit."""
    return Town()


def lists() -> Iterator[tuple[str, str]]:
    """Yield each address whose answer is a list or holds one of things, and the list's name, from the OpenAPI document."""
    document = SchemaGenerator().get_schema(request=None, public=True)
    for path, operations in document["paths"].items():
        content = operations.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        shape = content.get("application/json", {}).get("schema", {})
        for name, member in resolved(shape, document).get("properties", {}).items():
            if member.get("type") == "array" and "$ref" in member.get("items", {}):
                where = re.sub(r"{\w+}", "{}", path)
                yield from [(where, name)] if (where, name) not in FIXED else []


def resolved(shape: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference into the document's schemas."""
    return document["components"]["schemas"][shape["$ref"].rpartition("/")[2]] if "$ref" in shape else shape


class Reading(NamedTuple):
    """How many rows a list had, and how many queries they cost."""

    rows: int
    queries: int


def read(story: dict[str, Any], name: str) -> Reading:
    """Read the list as the person of the story."""
    client = APIClient()
    user = SimpleNamespace(is_authenticated=True, pk=story.get("user_id"), principal=story["who"])
    client.force_authenticate(user=user)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(story["path"])
    assert answer.status_code == 200, answer.content
    return Reading(len(answer.json()[name]), len(queries))


def test_every_list_is_measured():
    assert {path for path, _name in lists()} == {*LISTS, *WITHOUT_ROWS}


def compare(town: Town, path: str, many: int = MANY) -> None:
    """Read the lists at the address with one row and with many, and hold the queries against each other."""
    names, story = [name for listed, name in lists() if listed == path], {}
    LISTS[path](town, story, 1)
    before = {name: read(story, name) for name in names}
    LISTS[path](town, story, many - 1)
    after = {name: read(story, name) for name in names}
    assert all(after[name].rows >= many > before[name].rows for name in names), "the story made no rows"
    assert all(after[name].queries == before[name].queries for name in names), f"queries grow: {before} to {after}"


@pytest.mark.slow  # a hundred acts of a story
@pytest.mark.parametrize("path", LISTS)
def test_a_hundred_rows_cost_as_many_queries_as_one(town: Town, path: str):
    compare(town, path)


def test_a_row_that_asks_on_its_own_is_caught(town: Town, monkeypatch: pytest.MonkeyPatch):
    def nosy(entry: Any) -> Any:
        connection.cursor().execute("SELECT 1")
        return history_entry(entry)

    monkeypatch.setattr("wallet.api.views.history_entry", nosy)
    with pytest.raises(AssertionError, match="queries grow"):
        compare(town, "/api/v1/wallet/history", many=3)
