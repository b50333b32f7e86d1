"""An administrator's page for a campaign's budget: put more in, take back what is left, and see every movement."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel.web.desks import act_of, again, officers_only, page, tell
from wallet.errors import AmountInvalid
from wallet.selectors.budgets import SHOWN, budget_moves
from wallet.selectors.campaigns import campaign_state
from wallet.services import fund_campaign, return_rest

FUND = "wallet.fund_campaigns"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(FUND)
def budget_page(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Show one budget; take what is put in or back."""
    if request.method == "POST" and tell(request, lambda: _do(request, campaign_id)):
        return again(request)
    budget = campaign_state(campaign_id)
    words = {"budget": budget, "moves": budget_moves(campaign_id), "most": SHOWN}
    return page(request, "wallet/budgets/one.html", budget.name, words)


def _do(request: HttpRequest, campaign_id: UUID) -> str:
    why = request.POST.get("why", "").strip()[:200] or _("予算の変更")
    amount, act = _amount(request.POST.get("amount", "")), act_of(request)
    if request.POST.get("deed") == "return":
        left = return_rest(act, campaign_id=campaign_id, amount=amount, why=why).left
    else:
        left = fund_campaign(act, campaign_id=campaign_id, amount=amount or 0, why=why).left
    return _("記録しました。残りは%(left)s円です。") % {"left": f"{left:,}"}


def _amount(written: str) -> int | None:
    """Return whole yen, None where nothing is written; :raises AmountInvalid:"""
    digits = written.replace(",", "").strip()
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise AmountInvalid
    return int(digits) if digits else None
