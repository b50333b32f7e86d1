"""The people of a demo city who can be tried out: one for each role, plainly made up."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt

from accounts.models import User, token_for

TOTP_PERIOD = 30  # seconds (RFC 6238)
DOMAIN = "machi.example"  # reserved for examples (RFC 6761), so that no letter ever leaves


class Persona(msgspec.Struct, frozen=True):
    """A made-up person: name, the role they show, the address they sign in with, the language they read."""

    name: str
    role: str
    email: str
    language: str = "ja"


class SeededPersona(msgspec.Struct, frozen=True):
    """A persona of this city, with the keys they have here."""

    persona: Persona
    resident_id: UUID
    user_id: UUID


PERSONAS = (
    Persona("見本 花子", "resident", f"hanako@{DOMAIN}"),
    Persona("見本 太郎", "resident", f"taro@{DOMAIN}"),
    Persona("見本 桃子", "resident", f"momoko@{DOMAIN}"),
    Persona("Ayumi Tabino", "tourist", f"ayumi@{DOMAIN}", "en"),
    Persona("店長 見本子", "merchant.manager", f"manager@{DOMAIN}"),
    Persona("会計 見本男", "merchant.cashier", f"cashier@{DOMAIN}"),
    Persona("運転 見本助", "driver", f"driver@{DOMAIN}"),
    Persona("窓口 見本美", "city.officer", f"officer@{DOMAIN}"),
    Persona("管理 見本郎", "city.administrator", f"administrator@{DOMAIN}"),
    Persona("窓口 見本也", "city.officer", f"officer-two@{DOMAIN}"),  # what two officers decide needs a second one
)


def seeded_personas() -> list[SeededPersona]:
    """Return the personas whom this city has, in the order above."""
    rows = EmailAddress.objects.filter(email__in=[persona.email for persona in PERSONAS], verified=True)
    keys = {
        token: (resident, user) for token, resident, user in rows.values_list("email", "user__resident_id", "user_id")
    }
    known = [(persona, keys[token]) for persona in PERSONAS if (token := token_for(persona.email)) in keys]
    return [SeededPersona(persona=persona, resident_id=resident, user_id=user) for persona, (resident, user) in known]


def seeded_residents(count: int) -> list[User]:
    """Return the first ``count`` sign-ins of a demo city, oldest first."""
    return list(User.objects.filter(is_active=True).order_by("resident_id")[:count])


class AppCode(msgspec.Struct, frozen=True):
    """What a persona's authenticator app shows now, and since when."""

    email: str
    code: str
    since: datetime


def app_codes(*, at: datetime) -> list[AppCode]:
    """Return the codes of the personas who have an authenticator app; a demo city shows them, as their telephones would."""
    people = {seeded.user_id: seeded.persona.email for seeded in seeded_personas()}
    rows = Authenticator.objects.filter(user_id__in=people, type=Authenticator.Type.TOTP).order_by("id")
    step = int(at.timestamp()) // TOTP_PERIOD
    since = datetime.fromtimestamp(step * TOTP_PERIOD, UTC)
    return [
        AppCode(people[row.user_id], format_hotp_value(hotp_value(decrypt(row.data["secret"]), step)), since)
        for row in rows
    ]
