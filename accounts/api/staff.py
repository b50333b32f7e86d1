"""The administration opens to staff who have shown a second factor today and are still at their desk."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.api.authentication import principal_in
from accounts.engine.authentications import SECOND_FACTOR
from accounts.engine.staff_sessions import is_open
from kernel import clock

ROOT, ENTRANCE = "/admin/", "/admin/login/"
SEEN = "staff_seen_at"
NOTED_EVERY_S = 60


class StaffSessions:
    """Stands after sign-in: who acts in the administration is known with what they have shown, or sent to show it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let staff on, or send them to the entrance."""
        if not request.path_info.startswith(ROOT) or not request.user.is_authenticated:
            return self.get_response(request)
        who = request.user.principal = principal_in(request.session, request.user)
        if not who.may("admin.enter"):
            return self.get_response(request)
        at, seen = clock.now(), request.session.get(SEEN)
        seen_at = datetime.fromtimestamp(seen, UTC) if isinstance(seen, int | float) else None
        stays = is_open(shown_at=who.authenticated_at(SECOND_FACTOR), seen_at=seen_at, at=at)
        if request.path_info == ENTRANCE:
            request.staff_is_sure = stays  # type: ignore[attr-defined]
        elif not stays:
            return HttpResponseRedirect(f"{ENTRANCE}?next={quote(request.get_full_path(), safe='/')}")
        elif seen_at is None or (at - seen_at).total_seconds() > NOTED_EVERY_S:
            request.session[SEEN] = at.timestamp()
        return self.get_response(request)
