"""The logs as the staff's door reads them; their tables are made in SQL and nobody writes them through here."""

from kernel.models.audit_entry import AuditEntry

__all__ = ["AuditEntry"]
