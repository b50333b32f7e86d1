"""A business that applies, one call a fact."""

from io import BytesIO
from typing import Any

from PIL import Image

from tests.wallet.callers import Caller, City, act
from tests.wallet.city_office import BANKS, BRANCHES
from wallet import services

DOOR = "merchant_applications"
TERMS = {"terms": "2026-12"}
ANSWERS: dict[str, Any] = {
    "shop_name": "見本パン店", "shop_name_en": "Mihon Bread", "shop_name_kana": "ミホンパンテン", "trade": "5462",
    "district": "九日町",
    "details": {
        "kind": "パン", "kind_en": "Bakery", "address": "九日町 例示番地99", "address_en": "", "telephone": "0966-00-0099",
        "point": {"latitude_e6": 32_212_000, "longitude_e6": 130_761_000},
        "hours": {"spans": [{"days": ["mon", "tue"], "opens": "07:00", "closes": "18:00"}], "holidays": "closed"},
    },
    "legal_name": "見本 一", "representative": "見本 一", "representative_kana": "ミホン ハジメ",
    "payout": {"bank_code": "9902", "branch_code": "001", "account_type": "1", "number": "7654321", "holder": "ミホン ハジメ"},
}  # fmt: skip


def png(width: int = 40, height: int = 30, shade: int = 200) -> bytes:
    """Draw a grey picture, as the city draws it anew."""
    out = BytesIO()
    Image.new("L", (width, height), shade).save(out, "PNG")
    return out.getvalue()


def attach(who: Caller, key: str, kind: str = "licence", content: bytes | None = None) -> Any:
    """Attach a picture to an application."""
    return who.ask("POST", f"{DOOR}/{key}/attachments/{kind}", body=content or png())


def banks() -> None:
    services.import_banks(act(), banks=BANKS, branches=BRANCHES)


def drafted(who: Caller, *, organisation_id: Any = None, **said: Any) -> str:
    """Begin, and write everything down."""
    started = who.post(DOOR, {"organisation_id": str(organisation_id)} if organisation_id else {})
    assert started.status_code == 201, started.content
    key = started.json()["id"]
    saved = who.ask("PUT", f"{DOOR}/{key}", ANSWERS | said)
    assert saved.status_code == 200, saved.content
    for asked in saved.json()["attachments_asked"]:
        if asked["is_required"]:
            assert attach(who, key, asked["kind"]).status_code == 201
    return str(key)


def submitted(who: Caller, **said: Any) -> str:
    """Apply."""
    key = drafted(who, **said)
    sent = who.post(f"{DOOR}/{key}/submit", TERMS)
    assert sent.status_code == 200, sent.content
    return key


def applicant(city: City) -> Caller:
    banks()
    return city.resident()
