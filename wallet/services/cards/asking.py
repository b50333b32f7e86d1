"""Asking the vendor: its absence and its no become refusals of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from wallet.errors import CardVendorAway, CardVendorRefuses
from wallet.gateways.cards.words import VendorAway, VendorRefuses

_log = structlog.get_logger(__name__)


@contextmanager
def asking() -> Iterator[None]:
    """Say in our words that the vendor is away, or does not do it."""
    try:
        yield
    except VendorAway as fault:
        _log.warning("card_vendor_away", fault=str(fault))
        raise CardVendorAway(retry_after=30) from None
    except VendorRefuses as no:
        _log.warning("card_vendor_refuses", reason=no.reason)
        raise CardVendorRefuses(reason=no.reason) from None
