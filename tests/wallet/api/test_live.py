"""Both phones learn of a payment over their sockets, within a second."""

import asyncio
import json
import time

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator

from accounts.models import User
from accounts.services.demo_city import open_demo_session
from config.asgi import application
from kernel import clock
from tests.wallet.callers import Caller


class Socket:
    """One open socket of one person."""

    def __init__(self, person: Caller, *feeds: str) -> None:
        self.person, self.feeds = person, list(feeds)

    async def __aenter__(self) -> "Socket":
        ask = sync_to_async(self.person.post, thread_sensitive=True)
        drawn = await ask("/api/v1/realtime/tickets", {"feeds": self.feeds})
        assert drawn.status_code == 201, drawn.content
        path, _mark, query = drawn.json()["url"].partition("?")
        scope = {"type": "websocket", "path": path, "query_string": query.encode(), "headers": [], "subprotocols": []}
        self.wire = ApplicationCommunicator(application, scope)
        await self.wire.send_input({"type": "websocket.connect"})
        assert (await self.wire.receive_output(3))["type"] == "websocket.accept"
        self.snapshots = {(frame := await self.hear())["feed"]: frame["snapshot"] for _ in self.feeds}
        return self

    async def __aexit__(self, *_fault: object) -> None:
        await self.wire.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wire.wait(3)

    async def hear(self) -> dict:
        return json.loads((await self.wire.receive_output(3))["text"])

    async def events(self, count: int) -> dict[str, dict]:
        frames = [(await self.hear())["event"] for _ in range(count)]
        return {frame["type"]: frame["data"] for frame in frames}


async def test_payer_and_till_hear_of_a_payment_within_a_second(city) -> None:
    hanako, shop = await sync_to_async(lambda: (city.resident(yen=3000), city.shop()), thread_sensitive=True)()
    async with Socket(hanako, "wallet.mine") as phone, Socket(shop.cashier, f"wallet.shop:{shop.id}") as till:
        assert phone.snapshots["wallet.mine"]["balance"]["available"] == 3000
        assert till.snapshots[f"wallet.shop:{shop.id}"] == {"payments": [], "orders": []}
        pay = sync_to_async(hanako.post, thread_sensitive=True)
        receipt = (await pay("payments", {"code": shop.code, "amount": 500})).json()
        began = time.monotonic()
        mine, theirs = await asyncio.gather(phone.events(2), till.events(1))
        assert time.monotonic() - began < 1
    assert mine["balance.changed"]["balance"]["available"] == 2500
    assert mine["entry.added"]["entry"]["payment_id"] == receipt["id"]
    assert theirs == {"payment.changed": {"receipt": receipt}}


async def test_somebody_who_has_just_arrived_hears_of_their_first_coins(city) -> None:
    taro, shop = await sync_to_async(lambda: (city.resident(), city.shop()), thread_sensitive=True)()
    async with Socket(taro, "wallet.mine") as phone:
        assert phone.snapshots["wallet.mine"]["balance"]["available"] == 0
        top_up = sync_to_async(
            lambda: shop.cashier.post(f"shops/{shop.id}/top_ups", {"customer_code": taro.code(), "amount": 1000}),
            thread_sensitive=True,
        )
        assert (await top_up()).status_code == 201
        told = await phone.events(2)
    assert told["balance.changed"]["balance"]["available"] == 1000


def test_nobody_hears_anothers_till_or_wallet(city) -> None:
    taro, shop = city.resident(), city.shop().id
    for feed in (f"wallet.shop:{shop}", "wallet.shop:no-uuid", "wallet.shop", f"wallet.mine:{shop}"):
        refusal = taro.post("/api/v1/realtime/tickets", {"feeds": [feed]})
        assert (feed, refusal.status_code, refusal.json()["code"]) == (feed, 404, "not_found")


async def test_signing_out_elsewhere_ends_the_live_screen_there(city) -> None:
    def here_and_there() -> tuple[Caller, Caller]:
        phone = city.resident(yen=100)
        user = User.objects.get(resident_id=phone.resident_id)
        return phone, Caller(token=open_demo_session(user, at=clock.now()), resident_id=phone.resident_id)

    def sign_out_elsewhere() -> int:
        devices = tablet.get("/_allauth/app/v1/auth/sessions").json()["data"]
        others = [device["id"] for device in devices if not device["is_current"]]
        return tablet.ask("DELETE", "/_allauth/app/v1/auth/sessions", {"sessions": others}, key=None).status_code

    phone, tablet = await sync_to_async(here_and_there, thread_sensitive=True)()
    async with Socket(phone, "wallet.mine") as lost:
        assert await sync_to_async(sign_out_elsewhere, thread_sensitive=True)() == 200
        assert (await lost.hear())["problem"]["code"] == "not_signed_in"
        closed = await lost.wire.receive_output(3)
    assert (closed["type"], closed["code"]) == ("websocket.close", 4401)
    assert (await sync_to_async(phone.get, thread_sensitive=True)("balance")).status_code == 401


async def test_a_till_hears_within_a_second_that_its_bill_is_paid(city) -> None:
    hanako, shop = await sync_to_async(lambda: (city.resident(yen=3000), city.shop()), thread_sensitive=True)()
    ask = sync_to_async(shop.cashier.post, thread_sensitive=True)
    bill = (await ask(f"shops/{shop.id}/orders", {"lines": [{"name": "茶", "unit_price": 300, "quantity": 2}]})).json()
    async with Socket(shop.cashier, f"wallet.shop:{shop.id}") as till:
        assert [each["id"] for each in till.snapshots[f"wallet.shop:{shop.id}"]["orders"]] == [bill["id"]]
        pay = sync_to_async(hanako.post, thread_sensitive=True)
        token = bill["link"].partition("#")[2]
        paid = await pay(f"orders/{bill['id']}/payments", {"token": token, "method": "coin"})
        assert paid.status_code == 201, paid.content
        began = time.monotonic()
        heard = await till.events(2)
        assert time.monotonic() - began < 1
    order = heard["order.changed"]["order"]
    assert (order["status"], order["paying"]["taken"]["coin"], order["link"]) == ("paid", 600, None)
