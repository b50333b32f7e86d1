"""What sending and asking return; each is, field by field, the JSON that the API sends. Amounts are whole yen, instants UTC."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

MESSAGE_SIGNS, LABEL_SIGNS = 40, 20


class Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """What people write beside coins: a message, and how each wants to be called by the other; empty where they chose nothing."""

    message: str = ""
    sender: str = ""
    recipient: str = ""


class OwnReceiveCode(msgspec.Struct, frozen=True):
    """One's own code to receive by: a link to show as a picture or to hand on. It can never be charged."""

    link: str
    label: str
    mask: str
    expires_at: datetime


class ReceiveCodes(msgspec.Struct, frozen=True):
    """The code that is in use, if there is one."""

    code: OwnReceiveCode | None


class SendLimits(msgspec.Struct, frozen=True):
    """What may be sent at once, what is left of today and of this month, and from which amount a higher level is asked for."""

    per_send: int
    left_today: int
    left_this_month: int
    sends_left_today: int
    level_above: int


class ReceiverSeen(msgspec.Struct, frozen=True):
    """Whom a receive code stands for, as far as they want to be known, and what may be sent to them now."""

    name: str
    mask: str
    sendable: int
    limits: SendLimits


class SentLot(msgspec.Struct, frozen=True):
    """Coins that went over, with the last day they always had."""

    amount: int
    expires_on: date


class Sent(msgspec.Struct, frozen=True):
    """Coins that went from one person to another, as one of the two sees it."""

    id: UUID
    receipt_number: str
    direction: Literal["in", "out"]
    amount: int
    currency: str
    at: datetime
    name: str
    mask: str
    message: str
    lots: list[SentLot]


RequestState = Literal["open", "paid", "declined", "cancelled", "expired"]


class RequestShare(msgspec.Struct, frozen=True):
    """One person's part of a request; ``mask`` where it is known who answered or is asked."""

    number: int
    amount: int
    state: Literal["open", "paid", "declined"]
    mask: str | None


class OwnRequest(msgspec.Struct, frozen=True):
    """A request as who asks sees it."""

    id: UUID
    link: str
    amount: int
    paid: int
    state: RequestState
    message: str
    created_at: datetime
    expires_at: datetime
    shares: list[RequestShare]
    can_remind: bool


class AskedOfMe(msgspec.Struct, frozen=True):
    """A request as who is asked sees it; ``state`` is that of their own part, or of the whole where they have none."""

    id: UUID
    link: str
    name: str
    mask: str
    amount: int
    state: RequestState
    message: str
    expires_at: datetime
    sendable: int


class Requests(msgspec.Struct, frozen=True):
    """Requests of one's own, and those in which one is asked; the newest first."""

    asked_by_me: list[OwnRequest]
    asked_of_me: list[AskedOfMe]
