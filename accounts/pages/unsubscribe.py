"""The page behind the link at the foot of a letter: one click, no sign-in (RFC 8058)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.errors import CategoryUnknown
from accounts.services.notices.choosing import unsubscribe
from accounts.services.notices.leaving import who_leaves
from kernel import clock, contributions
from kernel.principal import SYSTEM
from kernel.use_case import Act


@csrf_exempt  # a mail program posts here without a page of ours; the link itself proves whose it is
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, or do it: only a POST changes something, for mail scanners open every link. :raises Http404: for another's link."""
    leaving = who_leaves(token)
    if leaving is None:
        raise Http404
    resident_id, category = leaving
    known = contributions.categories().get(category)
    if known is None:
        raise Http404
    if request.method == "POST":
        try:
            unsubscribe(Act(SYSTEM, at=clock.now()), resident_id=resident_id, category=category)
        except CategoryUnknown:
            raise Http404 from None
    answer = render(
        request, "accounts/notices/unsubscribe.html", {"title": known.title, "is_done": request.method == "POST"}
    )
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
