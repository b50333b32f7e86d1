"""What the forms of coupons, stamp cards and referrals have in common: places, instants, amounts, and what is given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from kernel.clock import JST
from kernel.ids import new_id
from kernel.problems import DomainError
from wallet.engine.rewards import CoinReward, Gift
from wallet.pages.town_map import MICRO, point_at
from wallet.selectors.coupons.desk import budgets, places_of_shops, reward_coupons, shop_points

CHOSEN = ("shops", "districts", "trades", "weekdays", "audience_districts")


def number(text: str | None) -> int | None:
    """Return a whole number as it was typed; None for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else None


def instant(text: str | None) -> str:
    """Return an instant in Japan as the form's field writes it; what is none is refused with the rule."""
    try:
        return datetime.fromisoformat(text or "").replace(tzinfo=JST).isoformat()
    except ValueError:
        return ""


def key_in(text: str) -> UUID:
    """Return a key; for what is none, one that nobody has."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def percent(part: int, whole: int) -> int:
    """Return hundredths, rounded down; 0 of nothing."""
    return 100 * part // whole if whole else 0


def offer_in(said: QueryDict) -> dict[str, Any]:
    """Return what is said of every offer beside its rule: its names, the budget that pays, and why it is made."""
    return {
        "title": said.get("title", "").strip()[:60],
        "title_en": said.get("title_en", "").strip()[:60],
        "campaign_id": key_in(said.get("campaign", "")),
        "why": said.get("why", "")[:200],
    }


def say(request: HttpRequest, refusal: DomainError) -> None:
    """Show why what was typed is refused, and which part of its rule is wrong."""
    detail = refusal.members.get("detail")
    messages.error(request, f"{refusal.title} {detail}" if detail else str(refusal.title))


def places_in(said: QueryDict) -> dict[str, Any]:
    """Return where something is good, as a rule's data; what is left empty does not bind."""
    return {
        "shops": said.getlist("shops"),
        "districts": said.getlist("districts"),
        "trades": said.getlist("trades"),
        "circle": _circle(said),
    }


def products_in(said: QueryDict) -> list[str]:
    """Return the tags of goods, which stand with commas between them."""
    return [tag.strip() for tag in said.get("products", "").replace("、", ",").split(",") if tag.strip()]


def gift_in(said: QueryDict, which: str = "") -> dict[str, Any]:
    """Return what is given, as a rule's data: coins of the budget, or a coupon."""
    if said.get(f"{which}gift") == "coupon":
        return {"kind": "coupon", "coupon": str(key_in(said.get(f"{which}coupon", "")))}
    return {
        "kind": "coins",
        "yen": number(said.get(f"{which}gift_yen")) or 0,
        "days": number(said.get(f"{which}gift_days")) or 0,
    }


def gift_words(gift: Gift, coupon: str = "") -> str:
    """Say what is given; ``coupon`` is the name of the coupon."""
    if isinstance(gift, CoinReward):
        return _("コイン%(yen)s円（%(days)s日間）") % {"yen": f"{gift.yen:,}", "days": gift.days}
    return _("クーポン「%(name)s」") % {"name": coupon} if coupon else _("クーポン")


def form_words(request: HttpRequest) -> dict[str, Any]:
    """Return what every form shows: what may be chosen, and what was typed or picked on the map."""
    shops, districts, trades = places_of_shops()
    given = picked(request.POST)
    return {
        "given": given, "key": request.POST.get("key") or str(new_id()),
        "campaigns": [each for each in budgets() if each.is_open], "shops": shops, "districts": districts,
        "trades": trades, "chosen": {name: given.getlist(name) for name in CHOSEN}, "coupons": reward_coupons(),
        "map": _map_address(given),
        "days": list(enumerate((_("月"), _("火"), _("水"), _("木"), _("金"), _("土"), _("日")), start=1)),
    }  # fmt: skip


def was_picked(said: QueryDict) -> bool:
    """Tell whether the form was sent by a click on the map."""
    return "spot.x" in said


def picked(said: QueryDict) -> QueryDict:
    """Return what was typed, with the centre where somebody clicked on the map."""
    x, y = number(said.get("spot.x")), number(said.get("spot.y"))
    if x is None or y is None:
        return said
    given = said.copy()
    latitude, longitude = point_at(shop_points(), x, y)
    given["latitude"], given["longitude"] = f"{latitude / MICRO:.6f}", f"{longitude / MICRO:.6f}"
    return given


def _map_address(given: QueryDict) -> str:
    query = QueryDict(mutable=True)
    query.update({name: given.get(name, "") for name in ("latitude", "longitude", "radius_m") if given.get(name)})
    return f"/admin/coupons/map.svg?{query.urlencode()}"


def _circle(said: QueryDict) -> dict[str, int | None] | None:
    """Return the circle that is typed; all three or none, and what is no number is refused with the rule."""
    typed = [said.get(name, "").strip() for name in ("latitude", "longitude", "radius_m")]
    if not any(typed):
        return None
    latitude, longitude, radius = typed
    return {"latitude_e6": micro(latitude), "longitude_e6": micro(longitude), "radius_m": number(radius)}


def micro(text: str) -> int | None:
    """Return degrees as they are typed in millionths; None for what is no number."""
    whole, point, part = text.removeprefix("-").partition(".")
    is_number = whole.isdecimal() and (part.isdecimal() or not point)
    if not is_number or not text.isascii():
        return None
    found = int(whole) * MICRO + int(part[:6].ljust(6, "0") or "0")
    return -found if text.startswith("-") else found
