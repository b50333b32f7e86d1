"""Where allauth's provider asks us: who the issuer is, and by which number a partner knows a person."""

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.conf import settings

from accounts.engine.tokens import hashed


class ProviderAdapter(DefaultOIDCAdapter):
    """allauth's adapter; what it would say of a person by itself is left out."""

    def get_issuer(self) -> str:
        """Return the city's public address, whatever a request's Host header says."""
        return str(settings.PUBLIC_URL)

    def hash_token(self, token: str) -> str:
        """Return what is stored of a token."""
        return hashed(token)

    def get_claims(
        self, purpose: Any, user: Any, client: Any, scopes: Any, *_rest: Any, **_kept: Any
    ) -> dict[str, Any]:
        """Return nothing: claims come from the access boundary (accounts.selectors.partner_claims)."""
        return {}

    def get_user_sub(self, client: Any, user: Any) -> str:
        """Refuse to name anybody by their key; :raises LookupError: always, for the library must not ask."""
        raise LookupError("subjects are pairwise: accounts.services.partners.subjects")

    def get_user_by_sub(self, client: Any, sub: str) -> None:
        """Find nobody: a number is turned back by officers alone."""

    def list_private_keys(self, **_wanted: Any) -> list[Any]:
        """Hand out no key: the city signs by kernel.signing."""
        return []
