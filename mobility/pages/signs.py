"""The officers' desk of signs: which of the town's paired screens shows the board of which stop."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.problems import NotFound
from kernel.web.desks import act_of, officers_only, page, principal_of
from mobility.engine.network import Network
from mobility.errors import NetworkAway, NoTimetable
from mobility.pages.board_words import LANGUAGE_NAMES
from mobility.pages.forms import Faults, taken
from mobility.pages.live_words import ago
from mobility.selectors.doers import doers
from mobility.selectors.stops.assigned import SignSet, sign_set, signs_set
from mobility.selectors.stops.choosing import Choice, stops_like, stops_named
from mobility.selectors.stops.signs import LANGUAGES
from mobility.services import current_network
from mobility.services.stops import SignDraft, clear_sign, set_sign
from mobility.services.stops.signing import RIGHT

ROOT = "/admin/signs/"


@require_http_methods(["GET", "HEAD"])
@never_cache
@officers_only(RIGHT)
def signs_page(request: HttpRequest) -> HttpResponse:
    """Show all signs that stand, and what each shows."""
    network = _network()
    rows = [_told(each, network) for each in signs_set()]
    return page(request, "mobility/signs/all.html", _("停留所の表示端末"), {"root": ROOT, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def sign_page(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Show one sign; choose its stop, languages and look, or let it show the town's notices again."""
    each = sign_set(device_id)
    if each is None:
        raise NotFound
    faults: Faults = {}
    if request.method == "POST":
        deeds = {"set": _set, "clear": _clear}
        deed = deeds.get(request.POST.get("deed", ""))
        if deed is None:
            raise NotFound
        found = taken(request, lambda: deed(request, device_id))
        if found is None:
            return HttpResponseRedirect(request.path)
        faults = found
    network, sought = _network(), request.GET.get("q", "").strip()[:80]
    chosen = each.row.languages if each.row is not None else []
    set_by = each.row.set_by if each.row is not None else None
    words = _told(each, network) | {
        "who": doers([set_by], me=principal_of(request).actor)[set_by] if set_by is not None else "",
        "root": ROOT, "faults": faults, "sought": sought, "has_network": network is not None,
        "found": stops_like(network, sought, language="ja") if network is not None and sought else [],
        "languages": [(code, LANGUAGE_NAMES[code], not chosen or code in chosen) for code in LANGUAGES],
        "looks": [("", _("画面にまかせる")), ("dark", _("暗い（夜や屋内）")), ("light", _("明るい"))],
    }  # fmt: skip
    return page(request, "mobility/signs/one.html", each.device.label, words)


def _told(each: SignSet, network: Network | None) -> dict[str, Any]:
    row, at = each.row, clock.now()
    return {
        "device": each.device, "row": row, "stop": _stop(network, row.stop_id) if row is not None else None,
        "heard": ago(row.heard_at if row is not None else each.device.last_seen_at, at=at),
        "shows": [LANGUAGE_NAMES[code] for code in (row.languages or LANGUAGES)] if row is not None else [],
    }  # fmt: skip


def _stop(network: Network | None, stop_id: str) -> Choice:
    return Choice(stop_id, stop_id, "") if network is None else stops_named(network, [stop_id], language="ja")[0]


def _network() -> Network | None:
    try:
        return current_network(at=clock.now())
    except (NoTimetable, NetworkAway):
        return None


def _set(request: HttpRequest, device_id: UUID) -> str:
    wanted = request.POST.getlist("language")
    draft = SignDraft(
        stop_id=request.POST.get("stop", "")[:255], languages=[] if set(wanted) == set(LANGUAGES) else wanted,
        look=request.POST.get("look", ""),
    )  # fmt: skip
    set_sign(act_of(request), device_id=device_id, draft=draft)
    return _("この端末に停留所の発車案内を出します。30秒ほどで切り替わります。")


def _clear(request: HttpRequest, device_id: UUID) -> str:
    clear_sign(act_of(request), device_id=device_id)
    return _("この端末を、市のお知らせの表示に戻しました。")
