"""What the city asks of whoever takes card and convenience-store payments for it, in the city's own words.

Nothing here is asked while a transaction of ours is open: an answer may take seconds, and what was asked cannot be rolled back.
"""

from datetime import datetime
from typing import ClassVar, Literal, Protocol
from uuid import UUID

import msgspec

Method = Literal["card", "konbini"]


class VendorAway(Exception):
    """The vendor cannot be reached, or is overloaded: the same may be asked again, with the same key."""


class VendorRefuses(Exception):
    """The vendor says no for good; ``reason`` is its word."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class EventForged(Exception):
    """An event that the vendor did not sign, or signed too long ago."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A payment that is to be made on the vendor's own page; ``reference`` is our id of it, and its key.

    With ``is_held`` the card's bank sets the money aside, and :meth:`CardVendor.capture` takes it.
    """

    reference: UUID
    amount: int
    currency: str
    method: Method
    title: str
    back: str
    language: str
    closes_at: datetime
    is_held: bool = False


class Opened(msgspec.Struct, frozen=True):
    """The vendor's page is open at ``url``."""

    session_id: str
    url: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What the vendor knows of one payment now; ``reference`` is ours, None for a payment that is not of the city.

    ``open``: the person has not finished. ``waiting``: a number for the convenience store was given out. ``reserved``: the card's
    bank has set the money aside. ``received``: the money is there. ``ended``: nothing will come any more. ``refused`` is why the
    card was declined last.
    """

    reference: UUID | None
    session_id: str | None
    intent_id: str | None
    state: Literal["open", "waiting", "reserved", "received", "ended"]
    amount: int
    currency: str
    received: int
    refunded: int
    refused: str
    pay_by: datetime | None
    created_at: datetime


class StoreNumber(msgspec.Struct, frozen=True):
    """The numbers that one chain of convenience stores asks for."""

    store: str
    payment_code: str
    confirmation_number: str


class Voucher(msgspec.Struct, frozen=True):
    """What is shown at the convenience store, and until when."""

    pay_by: datetime
    url: str
    numbers: list[StoreNumber]


class SentBack(msgspec.Struct, frozen=True, kw_only=True):
    """Money that went back, or is on its way; ``reference`` is our id of it, None where it was done at the vendor by hand."""

    refund_id: str
    intent_id: str
    reference: UUID | None
    amount: int
    currency: str
    status: Literal["done", "pending", "failed"]
    created_at: datetime


class Disputed(msgspec.Struct, frozen=True, kw_only=True):
    """A card holder told their bank that they did not pay this."""

    dispute_id: str
    intent_id: str
    amount: int
    currency: str
    reason: str
    status: Literal["open", "won", "lost"]
    created_at: datetime


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """A signed event; it says what to look at anew, and is never believed about amounts."""

    event_id: str
    kind: str
    about: Literal["payment", "refund", "dispute", "other"]
    reference: UUID | None
    intent_id: str | None
    created_at: datetime


class Part(msgspec.Struct, frozen=True):
    """One page of a list, and where the next one begins (None at the end)."""

    rows: list[Said] | list[SentBack] | list[Disputed]
    next: str | None


class CardVendor(Protocol):
    """Whoever takes the money. Every call raises :class:`VendorAway` or :class:`VendorRefuses` where it comes to nothing."""

    name: ClassVar[str]

    def open(self, wanted: Wanted) -> Opened:
        """Open the vendor's page; the same reference again opens no second one."""
        ...

    def read(self, session_id: str) -> Said:
        """Return what is known of the payment of this page."""
        ...

    def read_intent(self, intent_id: str) -> Said:
        """Return what is known of a payment by the vendor's own id of it."""
        ...

    def voucher(self, intent_id: str) -> Voucher | None:
        """Return the numbers for the convenience store; None where the payment waits for none."""
        ...

    def cancel(self, session_id: str) -> Said:
        """End a payment that nobody made, or let go what a card's bank set aside; one that was made meanwhile stays, and is
        returned as it is.
        """
        ...

    def capture(self, session_id: str, *, amount: int) -> Said:
        """Take so much of what the card's bank has set aside, and let the rest go; once: what was taken stays as it is."""
        ...

    def send_back(self, intent_id: str, *, amount: int, reference: UUID) -> SentBack:
        """Give money back; the same reference again gives nothing twice."""
        ...

    def payments(self, *, since: datetime, until: datetime, after: str | None = None) -> Part:
        """List payments by when they were begun, one page from ``after`` on, the newest first."""
        ...

    def returns(self, *, since: datetime, until: datetime, after: str | None = None) -> Part:
        """List what was sent back, likewise."""
        ...

    def returns_of(self, intent_id: str) -> list[SentBack]:
        """Return all that was sent back of one payment."""
        ...

    def disputes_of(self, intent_id: str) -> list[Disputed]:
        """Return the disputes about one payment."""
        ...

    def disputes(self, *, since: datetime, until: datetime, after: str | None = None) -> Part:
        """List disputes, likewise."""
        ...

    def hear(self, payload: bytes, signature: str) -> Heard:
        """Read an event that came to our door; :raises EventForged: where it is not the vendor's, or older than five minutes."""
        ...
