"""What the officers' desks have in common: who is let in, how a deed is taken and a refusal said."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from kernel import clock
from kernel.ids import new_id
from kernel.principal import Principal
from kernel.problems import DomainError, NotFound
from kernel.use_case import Act

View = Callable[..., HttpResponse]


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
    """Do a deed and show what came of it, or why it was refused; tell whether it was done."""
    try:
        messages.success(request, deed())
    except NotFound:
        raise
    except DomainError as refusal:
        said = ", ".join(f"{name}: {value}" for name, value in refusal.members.items())
        messages.error(request, f"{refusal.title}{f' ({said})' if said else ''}")
        return False
    return True


def page(request: HttpRequest, template: str, title: str, words: dict[str, Any]) -> HttpResponse:
    """Render a desk inside the staff's frame, with a fresh key for its forms."""
    context = admin.site.each_context(request) | {"title": title, "key": str(new_id())} | words
    return render(request, template, context)


def again(request: HttpRequest) -> HttpResponse:
    """Send the browser back to the page, so that a reload repeats nothing."""
    return HttpResponseRedirect(request.get_full_path())
