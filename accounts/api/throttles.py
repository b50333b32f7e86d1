"""How often a connection may knock at doors that cost something and ask for no sign-in."""

from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import truncate_ip
from django.conf import settings
from msgspec.structs import replace
from rest_framework.request import Request

from accounts.gateways.limits import Limit, consume
from kernel.problems import TooManyRequests


def per_connection(request: Request, limit: Limit) -> None:
    """Count one knock of the connection behind a request; :raises TooManyRequests: for one too many."""
    connection = truncate_ip(get_client_ip(request._request) or "unknown")  # noqa: SLF001 - Django's own request
    per_person(connection, limit)


def per_person(who: str, limit: Limit) -> None:
    """Count one knock of ``who``; :raises TooManyRequests: for one too many."""
    wait_s = consume([replace(limit, who=who, most=limit.most * settings.SIGN_IN_LIMITS_TIMES)])
    if wait_s:
        raise TooManyRequests(retry_after=wait_s)
