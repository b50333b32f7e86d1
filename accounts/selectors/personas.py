"""The people of a demo city who can be tried out: one for each role, plainly made up."""

from uuid import UUID

import msgspec
from allauth.account.models import EmailAddress

from accounts.models import User

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
    Persona("Ayumi Tabino", "tourist", f"ayumi@{DOMAIN}", "en"),
    Persona("店長 見本子", "merchant.manager", f"manager@{DOMAIN}"),
    Persona("会計 見本男", "merchant.cashier", f"cashier@{DOMAIN}"),
    Persona("運転 見本助", "driver", f"driver@{DOMAIN}"),
    Persona("窓口 見本美", "city.officer", f"officer@{DOMAIN}"),
    Persona("管理 見本郎", "city.administrator", f"administrator@{DOMAIN}"),
)


def seeded_personas() -> list[SeededPersona]:
    """Return the personas whom this city has, in the order above."""
    rows = EmailAddress.objects.filter(email__in=[persona.email for persona in PERSONAS], verified=True)
    keys = {
        email: (resident, user) for email, resident, user in rows.values_list("email", "user__resident_id", "user_id")
    }
    return [
        SeededPersona(persona=persona, resident_id=keys[persona.email][0], user_id=keys[persona.email][1])
        for persona in PERSONAS
        if persona.email in keys
    ]


def seeded_residents(count: int) -> list[User]:
    """Return the first ``count`` sign-ins of a demo city, oldest first."""
    return list(User.objects.filter(is_active=True).order_by("resident_id")[:count])
