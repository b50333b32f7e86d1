"""The way into the admin: no password there, staff come in as everybody does, show a second factor, and are sent back."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SHOW_MORE = "/step-up?authentication=2&max_age=1800"
"""The phone app's page on which a sign-in shows more; half an hour is what a desk may have been left for."""


@require_safe
@never_cache
def staff_entrance(request: HttpRequest) -> HttpResponse:
    """Send a stranger to sign in and staff onwards; tell everybody else that this door is for staff."""
    wanted = request.GET.get("next", "")
    onwards = wanted if url_has_allowed_host_and_scheme(wanted, None) else "/admin/"
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={quote(onwards, safe='/')}")
    if request.user.is_staff:
        is_sure = getattr(request, "staff_is_sure", False)
        return HttpResponseRedirect(onwards if is_sure else f"{SHOW_MORE}&next={quote(onwards, safe='/')}")
    return render(request, "accounts/staff_only.html", status=403)
