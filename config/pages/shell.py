"""Serve what the phone app's build put into ``static/dist``."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

NOT_BUILT = "The phone app is not built yet: make run builds it.\n"


@require_safe
@ensure_csrf_cookie
def shell(request: HttpRequest) -> HttpResponseBase:
    """Answer any address of the app with its shell; the router in the phone does the rest."""
    return _built("index.html", "text/html; charset=utf-8", "no-cache")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponseBase:
    """Serve the service worker from the root, so that its scope is the whole app."""
    return _built("sw.js", "text/javascript; charset=utf-8", "no-cache")


@require_safe
def manifest(request: HttpRequest) -> HttpResponseBase:
    """Serve the app's manifest."""
    return _built("manifest.webmanifest", "application/manifest+json", "no-cache")


def _built(name: str, content_type: str, cache: str) -> HttpResponseBase:
    file = settings.PHONE_APP / name
    if not file.is_file():
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain; charset=utf-8")
    return FileResponse(file.open("rb"), content_type=content_type, headers={"Cache-Control": cache})
