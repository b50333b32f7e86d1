"""Every list costs as many queries for a hundred rows as for one; a list that is not measured here fails."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from accounts import services as accounts
from accounts.selectors import principal_of
from kernel.principal import SYSTEM
from tests.wallet.town import Town
from wallet import services as wallet
from wallet.selectors.balances import history_entry

MANY = 100
LAST_DAY = date(2027, 3, 31)

Seed = Callable[[Town, dict[str, Any], int], None]


def my_organisations(town: Town, story: dict[str, Any], count: int) -> None:
    """Let me work for so many merchants, each with a shop."""
    if "user_id" not in story:
        newcomer = accounts.sign_up(town.act(SYSTEM), language="ja", display_name="試験花子")
        story |= {"user_id": newcomer.user_id, "resident_id": newcomer.resident_id, "path": "/api/v1/accounts/me"}
    for number in range(count):
        founded = accounts.found_organisation(town.act(SYSTEM), name=f"店{number}", name_en="Shop", kind="merchant")
        job = {"organisation_id": founded.id, "resident_id": story["resident_id"], "role": "merchant.cashier"}
        accounts.appoint(town.act(SYSTEM), **job)
        wallet.open_shop(town.act(SYSTEM), organisation_id=founded.id, name="店", name_en="Shop", trade="5411")
    story["who"] = principal_of(story["resident_id"])


def my_tills(town: Town, story: dict[str, Any], count: int) -> None:
    """Let me run the tills of so many shops."""
    my_organisations(town, story, count)
    story["path"] = "/api/v1/wallet/shops"


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


LISTS: dict[str, Seed] = {
    "/api/v1/accounts/me": my_organisations,
    "/api/v1/wallet/balance": my_lots,
    "/api/v1/wallet/history": my_payments,
    "/api/v1/wallet/shops": my_tills,
    "/api/v1/wallet/shops/{}/holds": holds_at_a_shop,
    "/api/v1/wallet/shops/{}/payments": payments_of_a_shop,
}
WITHOUT_ROWS = {
    "/api/v1/accounts/demo_codes": "letters of the last minutes, kept in Valkey and never in a table",
    "/api/v1/accounts/demo_personas": "the demo city's fixed cast",
}


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
                yield re.sub(r"{\w+}", "{}", path), name


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
