"""The pages of the demo city's card company. In a real city none of them exists."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wallet.gateways.cards import fake_vendor, is_fake
from wallet.gateways.cards.fake import paying
from wallet.gateways.cards.fake.paying import Refused

View = Callable[[HttpRequest, str], HttpResponse]
Thing = dict[str, Any]
CARDS = (
    (paying.GOOD, gettext_lazy("支払える")),
    (paying.CHALLENGED, gettext_lazy("本人認証（3Dセキュア）が必要")),
    (paying.DECLINED, gettext_lazy("カード会社が断る")),
    (paying.POOR, gettext_lazy("利用可能額が足りない")),
    (paying.EXPIRED, gettext_lazy("有効期限切れ")),
    (paying.DISPUTED, gettext_lazy("あとで「覚えがない」と申し立てられる")),
)
PASSED = ("succeeded", "requires_capture")
"""The card was taken: its money came, or is set aside."""


def only_with_the_fake(view: View) -> View:
    """Answer 404 where a real vendor stands behind the door, or nobody."""

    @wraps(view)
    def guarded(request: HttpRequest, key: str = "", **keys: str) -> HttpResponse:
        if not is_fake():
            raise Http404
        return view(request, key or next(iter(keys.values())))

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@only_with_the_fake
def pay(request: HttpRequest, session_id: str) -> HttpResponse:
    """Ask for a card, or for the wish to pay at a convenience store, and send the person on."""
    session = fake_vendor().session(session_id)
    if session is None:
        raise Http404
    if request.method != "POST":
        return _page(request, session)
    if request.POST.get("do") == "back":
        return HttpResponseRedirect(session["cancel_url"])
    try:
        if "konbini" in session["payment_method_types"]:
            return HttpResponseRedirect(
                f"{fake_vendor().pages}/voucher/{fake_vendor().choose_konbini(session_id)['id']}"
            )
        intent = fake_vendor().enter_card(session_id, "".join(request.POST.get("number", "").split()))
    except Refused as refused:
        return _page(request, session, wrong=refused)
    if intent["status"] == "requires_action":
        return HttpResponseRedirect(intent["next_action"]["redirect_to_url"]["url"])
    if intent["status"] not in PASSED:
        return _page(request, session, refused=intent["last_payment_error"])
    return HttpResponseRedirect(session["success_url"])


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@only_with_the_fake
def challenge(request: HttpRequest, intent_id: str) -> HttpResponse:
    """Ask, as the card's bank would, whether it is they."""
    intent, session = _of(intent_id)
    if request.method == "POST" and intent["status"] == "requires_action":
        done = fake_vendor().answer_challenge(intent_id, passes=request.POST.get("do") == "yes")
        succeeded = done["status"] in PASSED
        return HttpResponseRedirect(session["success_url"] if succeeded else session["url"])
    if intent["status"] != "requires_action":
        return HttpResponseRedirect(session["success_url"])
    return render(request, "wallet/fake_stripe.html", {"page": "challenge", "amount": intent["amount"]})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@only_with_the_fake
def voucher(request: HttpRequest, intent_id: str) -> HttpResponse:
    """Show the numbers, and let somebody in the demo city go to the store, or be too late."""
    intent, session = _of(intent_id)
    waits = intent["status"] == "requires_action"
    if request.method == "POST":
        if waits and request.POST.get("do") == "paid":
            fake_vendor().pay_at_store(intent_id)
        elif waits and request.POST.get("do") == "late":
            fake_vendor().let_number_run_out(intent_id)
        return HttpResponseRedirect(session["success_url"])
    details = intent["next_action"]["konbini_display_details"] if waits else None
    shown = {"page": "voucher", "amount": intent["amount"], "details": details, "back": session["success_url"]}
    return render(request, "wallet/fake_stripe.html", shown)


def _of(intent_id: str) -> tuple[Thing, Thing]:
    intent = fake_vendor().intent(intent_id)
    session = fake_vendor().session_of(intent_id)
    if intent is None or session is None:
        raise Http404
    return intent, session


def _page(
    request: HttpRequest, session: Thing, *, refused: Thing | None = None, wrong: Refused | None = None
) -> HttpResponse:
    words = ""
    if refused is not None:
        words = _("カード会社に断られました（%(code)s）。別のカードでお試しください。") % {
            "code": refused.get("decline_code") or refused["code"]
        }
    elif wrong is not None:
        is_number = wrong.body["error"]["code"] == "incorrect_number"
        words = (
            _("カード番号が正しくありません。下の試し用の番号をお使いください。")
            if is_number
            else _("この画面はもう使えません。")
        )
    shown = {
        "page": "pay", "session": session, "cards": CARDS, "wrong": words,
        "is_konbini": "konbini" in session["payment_method_types"], "is_open": session["status"] == "open",
        "typed": request.POST.get("number", ""),
    }  # fmt: skip
    return render(request, "wallet/fake_stripe.html", shown, status=422 if words else 200)
