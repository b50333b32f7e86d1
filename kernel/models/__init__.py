"""The logs as the staff's door reads them (made in SQL, written by nobody here), the city's own keys, and the heads it signed."""

from kernel.models.audit_entry import AuditEntry
from kernel.models.draw import Draw, DrawParty, DrawPlace, DrawState, DrawTicket
from kernel.models.index_key import IndexKey
from kernel.models.signing_key import SigningKey
from kernel.models.tree_head import TreeHead

__all__ = [
    "AuditEntry",
    "Draw",
    "DrawParty",
    "DrawPlace",
    "DrawState",
    "DrawTicket",
    "IndexKey",
    "SigningKey",
    "TreeHead",
]
