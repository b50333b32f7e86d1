"""What the officers' desks have in common: who is let in, how a deed is taken and a refusal said."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.ids import new_id
from kernel.principal import Principal
from kernel.problems import DomainError, NotFound
from kernel.use_case import Act

View = Callable[..., HttpResponse]


MEMBERS = {
    "line": _("%s行目"),
    "least": _("%sから"),
    "most": _("%sまで"),
    "limit": _("上限は%s"),
    "left": _("残りは%s"),
    "sendable": _("上限は%s"),
    "day": _("%sの分"),
    "cut_off_on": _("%s締めの分"),
    "detail": _("（%s）"),
    "reason": _("（%s）"),
}
"""How what a refusal says besides its sentence stands on a page; other members are for machines."""


def officers_only(right: str) -> Callable[[View], View]:
    """Let in who holds ``right``; send strangers to sign in, tell others that this is not theirs."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return HttpResponseRedirect(f"/admin/login/?next={quote(request.path)}")
            if not principal_of(request).may(right) or not principal_of(request).may("admin.enter"):
                raise PermissionDenied
            try:
                return admin.site.admin_view(view)(request, **named)
            except NotFound:
                raise Http404 from None

        return guarded

    return guard


def principal_of(request: HttpRequest) -> Principal:
    """Return the officer who asks."""
    return cast("Principal", cast("Any", request.user).principal)


def act_of(request: HttpRequest) -> Act:
    """Return what the officer intends now, under the key that the form carries."""
    return Act(principal_of(request), at=clock.now(), key=request.POST.get("key") or str(new_id()))


def tell(request: HttpRequest, deed: Callable[[], str]) -> bool:
    """Do a deed and show what came of it, or why it was refused; tell whether it was done.

    Where it was not, the page is shown again as it was typed, so that nobody writes a reason twice.
    """
    try:
        messages.success(request, deed())
    except NotFound:
        raise
    except DomainError as refusal:
        more = [words % _shown(refusal.members[name]) for name, words in MEMBERS.items() if name in refusal.members]
        messages.error(request, " ".join([str(refusal.title), *more]))
        return False
    return True


def _shown(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def page(request: HttpRequest, template: str, title: str, words: dict[str, Any]) -> HttpResponse:
    """Render a desk inside the staff's frame, with a fresh key for its forms and, as ``said``, what was typed and refused."""
    context = admin.site.each_context(request) | {"title": title, "key": str(new_id()), "said": request.POST} | words
    return render(request, template, context)


def again(request: HttpRequest) -> HttpResponse:
    """Send the browser back to the page, so that a reload repeats nothing."""
    return HttpResponseRedirect(request.get_full_path())
