"""Personal data: nothing is read without an access, and every access stands in a log that the person sees.

Models of personal data are :class:`PersonalModel`; their tables are protected in the database itself (:func:`protect`) and show no
row outside an access. The person themself may always read; the city's machinery only for a purpose that a migration has named
(:func:`name_purpose`). A new resident's first rows are written by sign-up as the system::

    with access(purpose="accounts.sign_up", actor=SYSTEM_ACTOR, subject=resident.id, classes=["profile"]) as opened:
        Profile.objects.create(resident=resident, name=opened.seal(name, "accounts.profile.name"))
"""

from kernel.access.ending import end_accesses
from kernel.access.managers import AccessManager, PersonalModel
from kernel.access.many import Accesses, access_many, in_chunks
from kernel.access.migrations import name_purpose, protect, widen_purpose
from kernel.access.opening import Access, AccessRefused, access, opened
from kernel.access.provisions import Provision, provisions
from kernel.access.stack import OutsideAccess
from kernel.keys import Shredded

__all__ = [
    "Access",
    "AccessManager",
    "AccessRefused",
    "Accesses",
    "OutsideAccess",
    "PersonalModel",
    "Provision",
    "Shredded",
    "access",
    "access_many",
    "end_accesses",
    "in_chunks",
    "name_purpose",
    "opened",
    "protect",
    "provisions",
    "widen_purpose",
]
