"""Which web pages may open a socket here: our own."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host


def header(scope: dict[str, Any], name: bytes) -> str:
    """Return a header of the handshake, empty without."""
    return next((value.decode("latin-1") for key, value in scope.get("headers", ()) if key == name), "")


def is_ours(scope: dict[str, Any]) -> bool:
    """Tell whether the handshake comes from a page of ours, or from no page at all (an app sends no Origin; the ticket decides)."""
    origin = header(scope, b"origin")
    if not origin:
        return True
    if origin.rstrip("/") in (settings.PUBLIC_URL, *settings.CSRF_TRUSTED_ORIGINS):
        return True
    host = header(scope, b"host")
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS) and urlsplit(origin).netloc == host
