"""The My Number card, read by the Digital Agency's デジタル認証アプリ: the city is an OpenID relying party of it.

A city that is registered there names issuer and client in its environment. A demo city has an honest mock: a provider of its own
that keeps the protocol to the letter, with made-up card holders. Any other city offers no card.
"""

from typing import Protocol

from django.conf import settings

from accounts.errors import CardNotOffered
from accounts.gateways.card.mock_provider import CLIENT_ID, MockProvider
from accounts.gateways.card.mock_transport import MockTransport
from accounts.gateways.card.relying_party import RelyingParty
from accounts.gateways.card.words import CardHolder


class CardGateway(Protocol):
    """Whatever proves by their card who a person is."""

    issuer: str

    def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Return where the person goes to lay down their card; :raises CardProviderAway: where nobody is there."""
        ...

    def holder(self, *, code: str, issuer: str, nonce: str, verifier: str) -> CardHolder:
        """Return whose card it was; :raises CardAnswerInvalid: for an answer that proves nothing; :raises CardProviderAway:."""
        ...


def card_gateway() -> CardGateway:
    """Return what reads cards here; :raises CardNotOffered: where nothing does."""
    if settings.CARD["issuer"]:
        return RelyingParty(settings.CARD["issuer"], settings.CARD["client_id"])
    if settings.DEMO:
        provider = MockProvider()
        return RelyingParty(provider.issuer, CLIENT_ID, transport=MockTransport(provider))
    raise CardNotOffered


def is_card_offered() -> bool:
    """Tell whether cards are read here."""
    return bool(settings.CARD["issuer"]) or settings.DEMO


__all__ = ["CardGateway", "CardHolder", "card_gateway", "is_card_offered"]
