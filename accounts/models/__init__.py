"""People as bare keys, how they sign in, and the organisations they belong to; one aggregate a file."""

from accounts.models.organisation import CITY_ROLES, ROLES_OF, Membership, Organisation
from accounts.models.profile import NAME_PLACE, Profile
from accounts.models.resident import Resident
from accounts.models.user import PhoneNumber, User

__all__ = [
    "CITY_ROLES",
    "NAME_PLACE",
    "ROLES_OF",
    "Membership",
    "Organisation",
    "PhoneNumber",
    "Profile",
    "Resident",
    "User",
]
