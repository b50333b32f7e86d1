"""How often one address may ask what costs the city some milliseconds."""

import redis
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class SearchThrottle(SimpleRateThrottle):
    """Six hundred searches a minute from one address or person: a school behind one address is let in, a machine is slowed.

    Without Redis they are let through: nothing secret is here, and a city in trouble must show its buses.
    """

    scope = "mobility.search"
    rate = "600/min"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """Count by person where one is signed in, else by address."""
        del view
        who = request.user.pk if request.user.is_authenticated else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": who}

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count the request and tell whether it may pass."""
        try:
            return bool(super().allow_request(request, view))
        except (redis.RedisError, OSError):
            return True
