"""Every screen of phone and till, as its people find it: in each language, with very large letters, on a narrow phone, in the dark.

The addresses are read from the app's own map, so a new screen is looked at from the day it stands; one whose address holds an id
needs a line in :data:`IDS`, or it is named by the failing test.
"""

import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.e2e.phone import Phone
from tests.places import ROOT

pytestmark = [pytest.mark.e2e]

LOOKS = {
    "ja on a narrow phone": ("ja", "normal", "light", 320),
    "en in the dark": ("en", "normal", "dark", 390),
    "easy Japanese, largest letters": ("ja-easy", "largest", "light", 360),
    "ko, largest letters, dark": ("ko", "largest", "dark", 390),
    "zh-hans on a narrow phone": ("zh-hans", "larger", "light", 320),
}
PATTERN = re.compile(r'(?:shared\("\w+", |own\(|open\(|till\()"(/[^"]*)"')
APART = {
    "/closed", "/card/return", "/screen", "/till/register", "/sign-in/code", "/sign-in/name", "/sign-in/address",
    "/step-up", "/device", "/staff/join", "/pay/referral", "/family/join", "/pay/asked", "/pay/checking", "/pay/confirm",
    "/counter", "/counter/close",
}  # fmt: skip
"""Steps in the middle of something, or another's screens: they have walks of their own."""
Ids = Callable[[Phone], dict[str, str]]


def first(phone: Phone, path: str, of: Callable[[dict], bool] = lambda row: True) -> str:
    """Return the id of the first thing in a list."""
    return next(str(row["id"]) for row in phone.api(path)["results"] if of(row))


def receipt(phone: Phone) -> str:
    rows = phone.api("/wallet/history?limit=100")["results"]
    return next(str(row["payment_id"]) for row in rows if row["payment_id"])


def agreement(phone: Phone) -> str:
    return str(phone.api("/consents/agreements")["results"][0]["id"])


def stop(phone: Phone) -> str:
    """Return the stop before the station."""
    return quoted(phone.api("/mobility/stops?near=32.2163,130.7534")["results"][0]["stop"]["id"])


def departure(phone: Phone) -> dict:
    """Return a vehicle that leaves it."""
    return phone.api(f"/mobility/stops/{stop(phone)}/departures")["departures"][0]


def quoted(text: str) -> str:
    """Return an id as an address has it."""
    return quote(text, safe="")


IDS: dict[str, dict[str, Callable[[Phone], str]]] = {
    "/pay/coupons/:id": {":id": lambda phone: first(phone, "/wallet/coupons")},
    "/pay/shops/:id": {":id": lambda phone: first(phone, "/wallet/town_shops")},
    "/pay/top-up/by/:method": {":method": lambda phone: "card"},
    "/pay/receipts/:id": {":id": receipt},
    "/pay/premium/:id": {":id": lambda phone: first(phone, "/wallet/premium_offers")},
    "/pay/stamps/:id": {":id": lambda phone: first(phone, "/wallet/stamp_cards")},
    "/go/stops/:id": {":id": stop},
    "/go/trips/:id/:day": {
        ":id": lambda phone: quoted(departure(phone)["trip"]),
        ":day": lambda phone: str(departure(phone)["day"]),
    },
}
TILL_IDS = {
    "/orders/:id": lambda phone, shop: "/orders/" + first(phone, f"/wallet/shops/{shop}/orders"),
    "/payments/:id": lambda phone, shop: "/payments/" + first(phone, f"/wallet/shops/{shop}/payments"),
    "/days/:day": lambda phone, shop: "/days/" + str(phone.api(f"/wallet/shops/{shop}/days")["results"][-1]["day"]),
    "/new/:kind": lambda phone, shop: "/new/coupon",
}
LATER = {
    "/pay/orders/:id", "/merchant/:id", "/till/:shop/charges/:id", "/till/:shop/holds/:id",
    "/pay/top-up/:id", "/pay/sent/:id", "/pay/requests/:id", "/draws/:id", "/messages/:id", "/me/consents/:agreement",
    "/me/consents/:agreement/receipts/:grant", "/consents/ask/:agreement", "/go/journeys/:id",
}  # fmt: skip
"""Screens of one thing that walks of their own open."""


def patterns(file: str) -> list[str]:
    """Return the app's addresses, as the map has them."""
    return PATTERN.findall((ROOT / "static" / "src" / file).read_text(encoding="utf-8"))


def look_at(phone: Phone, path: str, width: int) -> list[str]:
    """Open an address and say what is wrong with what stands there."""
    phone.open(path)
    faults = []
    try:
        phone.is_accessible()
    except AssertionError as found:
        faults.append(str(found))
    wide = phone.page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        faults.append(f"{path}: {wide} of {width} pixels wide")
    return faults


def dress(phone: Phone, language: str, size: str) -> None:
    """Choose language and letters, as the settings page keeps them."""
    chosen = json.dumps({"language": language, "textSize": size})
    phone.page.evaluate("chosen => localStorage.setItem('machi.settings', chosen)", chosen)


def walk(phone: Phone, paths: list[str], look: tuple[str, str, str, int]) -> None:
    language, size, _scheme, width = look
    dress(phone, language, size)
    faults = [fault for path in paths for fault in look_at(phone, path, width)]
    assert not faults, "\n".join(faults)


def shape(look: tuple[str, str, str, int]) -> dict:
    """Return the browser's side of a look; nothing fades while it is looked at."""
    size = {"width": look[3], "height": 780}
    return {"viewport": size, "color_scheme": look[2], "device_scale_factor": 1, "reduced_motion": "reduce"}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_every_screen_of_a_resident(new_phone, look):
    with new_phone(**shape(look)) as hanako:
        hanako.sign_in("見本 花子")
        paths = []
        for pattern in patterns("app/routes.ts"):
            if pattern in APART | LATER or pattern == "*":
                continue
            assert ":" not in pattern or pattern in IDS, f"how is {pattern} reached?"
            for name, found in IDS.get(pattern, {}).items():
                pattern = pattern.replace(name, found(hanako))  # noqa: PLW2901
            paths.append(pattern)
        walk(hanako, paths, look)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_every_screen_of_a_till(new_phone, look):
    with new_phone(**shape(look)) as manager:
        manager.sign_in("店長 見本子")
        shop = first(manager, "/wallet/shops", lambda row: "coupons" in row["may"])
        paths = []
        for pattern in patterns("screens/till/index.ts"):
            if pattern in APART | LATER:
                continue
            for place, found in TILL_IDS.items():
                if place in pattern:
                    pattern = pattern.replace(place, found(manager, shop))  # noqa: PLW2901
            path = pattern.replace(":shop", shop)
            assert ":" not in path, f"how is {path} reached?"
            paths.append(path)
        walk(manager, paths, look)
