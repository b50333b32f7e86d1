"""Who may open the wallet's staff pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from kernel.principal import Principal

View = Callable[..., HttpResponse]


def staff_with(right: str) -> Callable[[View], View]:
    """Let in who has this right; send strangers to sign in, tell others that this is not theirs."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return HttpResponseRedirect(f"/admin/login/?next={quote(request.path)}")
            if not staff(request).may(right):
                raise PermissionDenied
            return view(request, **named)

        return guarded

    return guard


def staff(request: HttpRequest) -> Principal:
    """Return who asks."""
    return cast("Any", request.user).principal  # type: ignore[no-any-return]
