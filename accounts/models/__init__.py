"""People as bare keys, how they sign in, and the organisations they belong to; one aggregate a file."""

from accounts.models.agreement import Agreement, Grant, Revision
from accounts.models.broadcast import Broadcast, BroadcastPiece
from accounts.models.broken_glass import BrokenGlass
from accounts.models.choices import LINE_PLACE, SUBSCRIPTION_PLACE, HomeChoices, MessageSettings, PushSubscription
from accounts.models.contact import CONTACT_PLACE, Contact, is_token, token_for
from accounts.models.department import Department
from accounts.models.device import DEVICES_OF, Device, DeviceRequest
from accounts.models.erasure import ErasureMark
from accounts.models.export import UNDER_WAY, Export, ExportState
from accounts.models.family_name import FAMILY_PLACE, FamilyName
from accounts.models.identity import IDENTITY_PLACE, Card, CounterCode, Identity, Verification
from accounts.models.mandate import Mandate
from accounts.models.merge import Merge
from accounts.models.message import VALUES_PLACE, Delivery, Dispatch, InboxMessage
from accounts.models.night_credential import NightCredential
from accounts.models.organisation import CITY_ROLES, ROLES_OF, Membership, Organisation
from accounts.models.partner import Connection, PairwiseSecret, Partner, SpentToken, TokenFamily
from accounts.models.profile import NAME_PLACE, Profile
from accounts.models.resident import Resident
from accounts.models.staff_invitation import StaffInvitation
from accounts.models.user import PhoneNumber, User

__all__ = [
    "CITY_ROLES",
    "CONTACT_PLACE",
    "DEVICES_OF",
    "FAMILY_PLACE",
    "IDENTITY_PLACE",
    "LINE_PLACE",
    "NAME_PLACE",
    "ROLES_OF",
    "SUBSCRIPTION_PLACE",
    "UNDER_WAY",
    "VALUES_PLACE",
    "Agreement",
    "Broadcast",
    "BroadcastPiece",
    "BrokenGlass",
    "Card",
    "Connection",
    "Contact",
    "CounterCode",
    "Delivery",
    "Department",
    "Device",
    "DeviceRequest",
    "Dispatch",
    "ErasureMark",
    "Export",
    "ExportState",
    "FamilyName",
    "Grant",
    "HomeChoices",
    "Identity",
    "InboxMessage",
    "Mandate",
    "Membership",
    "Merge",
    "MessageSettings",
    "NightCredential",
    "Organisation",
    "PairwiseSecret",
    "Partner",
    "PhoneNumber",
    "Profile",
    "PushSubscription",
    "Resident",
    "Revision",
    "SpentToken",
    "StaffInvitation",
    "TokenFamily",
    "User",
    "Verification",
    "is_token",
    "token_for",
]
