"""What doors are made of: read a body, name the act, reply, refuse in the reader's language."""

from kernel.web.doors import act_of, principal_of, read, reply, struct
from kernel.web.pagination import Page, page_of
from kernel.web.permissions import Holds, Open, SignedIn
from kernel.web.schema import describe

__all__ = [
    "Holds",
    "Open",
    "Page",
    "SignedIn",
    "act_of",
    "describe",
    "page_of",
    "principal_of",
    "read",
    "reply",
    "struct",
]
