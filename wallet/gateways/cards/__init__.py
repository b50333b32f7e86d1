"""Payments by card and at convenience stores: Stripe where the city has keys for it, and in a demo city a fake of ours.

The fake keeps Stripe's wire to the letter and is asked by Stripe's own library; only its cards are made up. Without keys and
outside of a demo no card is offered.
"""

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

from wallet.errors import CardsNotOffered
from wallet.gateways.cards.fake.postman import post_to_our_door
from wallet.gateways.cards.fake.vendor import FakeStripe
from wallet.gateways.cards.fake.ways import InThisProcess
from wallet.gateways.cards.stripe_vendor import StripeVendor
from wallet.gateways.cards.words import CardVendor

FAKE_PATH = "/demo/stripe"
FAKE_KEY = "sk_test_of_the_demo_city"


@lru_cache(maxsize=2)
def fake_vendor(*, posts: bool = True) -> FakeStripe:
    """Return the demo city's vendor, with or without its post."""
    return FakeStripe(
        settings.MACHI_HOME / "fake-stripe" / "books.sqlite",
        key=FAKE_KEY,
        webhook_secret=_secret(),
        pages=settings.PUBLIC_URL + FAKE_PATH,
        post=post_to_our_door if posts and settings.STRIPE["fake_posts"] else None,
    )


def is_fake() -> bool:
    """Tell whether the fake stands behind the door: in a demo city without keys alone."""
    return bool(settings.DEMO and not settings.STRIPE["key"])


def are_cards_offered() -> bool:
    """Tell whether cards are taken here."""
    return bool(settings.STRIPE["key"]) or is_fake()


def card_vendor() -> CardVendor:
    """Return who takes cards here; :raises CardsNotOffered: where nobody does."""
    if settings.STRIPE["key"]:
        said = settings.STRIPE
        return _stripe(said["key"], said["webhook_secret"], said["api_base"])
    if is_fake():
        return StripeVendor(key=FAKE_KEY, webhook_secret=_secret(), transport=InThisProcess(fake_vendor()))
    raise CardsNotOffered


@lru_cache(maxsize=4)
def _stripe(key: str, webhook_secret: str, api_base: str) -> StripeVendor:
    """Keep one client a process, so that its connections are used again."""
    return StripeVendor(key=key, webhook_secret=webhook_secret, api_base=api_base)


def _secret() -> str:
    """Derive the fake's signing secret; nothing of the city signs with it."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"machi.fake-stripe.webhook", hashlib.sha256).hexdigest()
    return f"whsec_{digest}"


__all__ = ["CardVendor", "are_cards_offered", "card_vendor", "fake_vendor", "is_fake"]
