"""What doors are made of: read a body, name the act, reply, refuse in the reader's language."""

from kernel.web.doors import AsItIs, BodyTooLarge, act_of, principal_of, raw, read, reply, streamed, struct
from kernel.web.pagination import Page, number_of, page_from, page_of
from kernel.web.permissions import Holds, Needs, Open, PersonOrDevice, SignedIn
from kernel.web.schema import describe

__all__ = [
    "AsItIs",
    "BodyTooLarge",
    "Holds",
    "Needs",
    "Open",
    "Page",
    "PersonOrDevice",
    "SignedIn",
    "act_of",
    "describe",
    "number_of",
    "page_from",
    "page_of",
    "principal_of",
    "raw",
    "read",
    "reply",
    "streamed",
    "struct",
]
