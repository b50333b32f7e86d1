"""Orders in the demo city: itemised bills at the tea house, paid, partly given back and held, and one that waits for Hanako."""

from datetime import timedelta
from uuid import UUID

from accounts.selectors import ResidentPrincipal, organisations_of_kind, principal_of, seeded_personas, seeded_residents
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet.engine.checkout import LineAmount
from wallet.engine.order_results import Method
from wallet.gateways.cards import fake_vendor, is_fake
from wallet.gateways.cards.fake import paying
from wallet.selectors.mine import own_balance
from wallet.selectors.orders import card_page_of, has_orders
from wallet.selectors.shops import shops_of_organisations
from wallet.services import (
    NewLine,
    NewOrder,
    look_for_order,
    order_delivered,
    pay_order,
    place_order,
    refund_order_lines,
)

HEROINE = "hanako@machi.example"
TEA_HOUSE = "まちの茶屋 見本"
SOURCE = "demo"
NEIGHBOURS = 40
TEA = NewLine(name="見本抹茶", name_en="Sample matcha", unit_price=450, product="drink")
SWEETS = NewLine(name="見本まんじゅう", name_en="Sample manju", unit_price=180, quantity=2)
ROOM = NewLine(name="茶室 1時間（見本）", name_en="Tea room, one hour (sample)", unit_price=600)
PASS = NewLine(name="街歩き一日券（見本）", name_en="Town day pass (sample)", unit_price=800)


def seed_orders() -> None:
    """Place a few orders, once."""
    merchants = [merchant.id for merchant in organisations_of_kind("merchant")]
    shop = next((shop.id for shop in shops_of_organisations(merchants) if shop.name == TEA_HOUSE), None)
    if shop is None or has_orders():
        return
    heroine = next((each.resident_id for each in seeded_personas() if each.persona.email == HEROINE), None)
    able = _with_coins(heroine)
    if len(able) < 3:
        return
    paid = _place(shop, "paid", able[0], TEA, SWEETS)
    _pay(able[0], paid, "coin")
    order_delivered(_act("delivered"), source=SOURCE, source_id="paid")
    back = _place(shop, "back", able[1], TEA, TEA, SWEETS)
    _pay(able[1], back, "mixed" if is_fake() else "coin", coin=400)
    refund_order_lines(_act("refund"), order_id=back, lines=[LineAmount(3, 180)])
    order_delivered(_act("delivered-back"), source=SOURCE, source_id="back")
    _pay(able[2], _place(shop, "held", able[2], ROOM, is_held=True), "coin")
    if heroine is not None:
        _place(shop, "open", principal_of(heroine), PASS)


def _with_coins(heroine: UUID | None) -> list[ResidentPrincipal]:
    """Return three neighbours who have enough for a cup of tea."""
    found = []
    for user in seeded_residents(NEIGHBOURS):
        person = principal_of(user.resident_id)
        balance = own_balance(person, at=clock.now())
        if user.resident_id != heroine and balance.available >= 1500 and balance.frozen == "no":
            found.append(person)
    return found[-3:]


def _place(shop: UUID, name: str, payer: ResidentPrincipal, *lines: NewLine, is_held: bool = False) -> UUID:
    at = clock.now()
    asked = NewOrder(
        source=SOURCE, source_id=name, shop_id=shop, payer=payer.actor, lines=lines, expires_at=at + timedelta(days=3),
        mode="hold" if is_held else "pay", held_until=at + timedelta(days=5) if is_held else None,
    )  # fmt: skip
    return place_order(Act(SYSTEM, at=at), order=asked).id


def _pay(person: ResidentPrincipal, order_id: UUID, method: Method, *, coin: int = 0) -> None:
    act = Act(person, at=clock.now(), key=f"demo-order-{order_id}")
    pay_order(act, order_id=order_id, method=method, coin=coin if method == "mixed" else 0)
    if method == "mixed":
        fake_vendor(posts=False).enter_card(str(card_page_of(order_id)), paying.GOOD)
        look_for_order(person, order_id, at=clock.now())


def _act(what: str) -> Act:
    return Act(SYSTEM, at=clock.now(), key=f"demo-orders-{what}")
