"""Tokens of apps: short-lived access, refresh that changes hands once, both good only while their session lives."""

from typing import Any

from allauth.headless.tokens.strategies.jwt import JWTTokenStrategy, internal
from django.conf import settings
from django.http import HttpRequest

from accounts.gateways.limits import Limit, consume
from kernel import clock


class TokenStrategy(JWTTokenStrategy):
    """allauth's strategy with two holes closed: a refresh token used twice at once, and spent ones kept for ever."""

    def create_access_token_payload(self, request: HttpRequest) -> dict[str, Any] | None:
        """Return access and refresh token for a sign-in; refresh tokens that have run out are forgotten."""
        _forget_old(internal.get_refresh_token_state(request.session))
        payload: dict[str, Any] | None = super().create_access_token_payload(request)
        return payload

    def refresh_token(self, refresh_token: str) -> tuple[str, str] | None:
        """Return a new pair, None for a token that is unknown, old or used. This function will let one of many at once through."""
        claims = internal.decode_token(refresh_token, "refresh")
        if claims is None:
            return None
        # One counter a token whatever the second: as long as any token lives, not as long as this one still does.
        once = Limit(name="refresh", who=claims["jti"], most=1, seconds=settings.HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN)
        if consume([once]):
            return None
        pair: tuple[str, str] | None = super().refresh_token(refresh_token)
        return pair


def _forget_old(state: dict[str, int]) -> None:
    now = clock.now().timestamp()
    for token in [token for token, expires in state.items() if expires <= now]:
        del state[token]
