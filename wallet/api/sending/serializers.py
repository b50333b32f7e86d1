"""The bodies of sending and asking; what is answered is in ``wallet.engine.sent``."""

from typing import Annotated

import msgspec

from kernel.money import Amount
from wallet.api.serializers import Body, OfMoney
from wallet.engine.sent import LABEL_SIGNS, MESSAGE_SIGNS

Link = Annotated[
    str, msgspec.Meta(min_length=1, max_length=300, description="The link, or the token behind its hash sign.")
]
Message = Annotated[
    str, msgspec.Meta(max_length=MESSAGE_SIGNS, description="Plain text; it is shown as it is written.")
]
Label = Annotated[
    str, msgspec.Meta(max_length=LABEL_SIGNS, description="How the other may call me; empty: four signs alone.")
]
MOST_PEOPLE = 20


class NewReceiveCode(Body, frozen=True, kw_only=True):
    """A code to receive by."""

    label: Label = ""


class ReceiveCodeToRead(Body, frozen=True, kw_only=True):
    """Somebody's receive code."""

    to: Link


class NewTransfer(OfMoney, frozen=True, kw_only=True):
    """To whom, how much, with which words."""

    to: Link
    amount: Amount
    message: Message = ""
    signed: Label = ""


class NewRequest(OfMoney, frozen=True, kw_only=True):
    """How much in all, of how many; those whose receive codes are given are told."""

    amount: Amount
    people: Annotated[int, msgspec.Meta(ge=1, le=MOST_PEOPLE)] = 1
    to: Annotated[list[Link], msgspec.Meta(max_length=MOST_PEOPLE)] = msgspec.field(default_factory=list)
    message: Message = ""
    signed: Label = ""


class RequestToRead(Body, frozen=True, kw_only=True):
    """Somebody's request, by its link."""

    token: Link


class RequestPayment(OfMoney, frozen=True, kw_only=True):
    """One's part of a request; ``amount`` is what was shown."""

    token: Link
    amount: Amount
    signed: Label = ""
