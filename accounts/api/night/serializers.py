"""The body that a phone sends for its credential."""

from typing import Annotated

import msgspec


class CredentialWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A JWS by the phone's own key over ``{"aud": <this address>, "iat": <now>}``, its public half in the header (``jwk``)."""

    proof: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
