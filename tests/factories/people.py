"""People and organisations for a story: one call for each fact that matters."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.test import Client

from accounts.models import User
from accounts.selectors import ResidentPrincipal, principal_of
from accounts.services import appoint, found_organisation, sign_up
from accounts.services.demo_city import open_demo_session
from accounts.services.levels import IdentityValues, keep_identity, note_level
from kernel import clock
from kernel.access import access
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act

ARRIVED_AT = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    resident_id: UUID
    user_id: UUID

    @property
    def principal(self) -> ResidentPrincipal:
        """Who acts when this person does, their roles read anew."""
        return principal_of(self.resident_id)

    def client(self, **kept: str) -> Client:
        """Return a client that carries a fresh bearer token of theirs."""
        token = open_demo_session(User.objects.get(pk=self.user_id), at=clock.now())
        return Client(headers={"authorization": f"Bearer {token}"}, **kept)


def person(name: str = "", *, email: str | None = None, phone: str | None = None, is_guest: bool = False) -> Person:
    """Let somebody arrive, their address confirmed."""
    newcomer = sign_up(
        Act(SYSTEM, at=ARRIVED_AT),
        language="ja",
        display_name=name,
        email=email,
        phone=phone,
        is_guest=is_guest,
        is_verified=True,
    )
    return Person(newcomer.resident_id, newcomer.user_id)


def organisation(kind: str = "merchant", name: str = "見本商店", name_en: str = "Mihon Store") -> UUID:
    """Register an organisation and return its id."""
    return found_organisation(Act(SYSTEM, at=ARRIVED_AT), name=name, name_en=name_en, kind=kind).id


def employ(who: Person, organisation_id: UUID, role: str) -> UUID:
    """Give somebody a role and return the membership's id."""
    act = Act(SYSTEM, at=ARRIVED_AT)
    return appoint(act, organisation_id=organisation_id, resident_id=who.resident_id, role=role).id


def show_second_factor(client: Client) -> Client:
    """Let whoever is signed in with this client's cookie have shown a second factor just now."""
    session = client.session
    records = session.get("account_authentication_methods", [])
    session["account_authentication_methods"] = [*records, {"method": "mfa", "at": clock.now().timestamp()}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


def show_papers(
    who: Person, *, name: str = "見本 花子", address: str = "熊本県人吉市見本町1番地1", birthdate: str = "1988-04-02",
    gender: str = "female",
) -> None:  # fmt: skip
    """Let somebody's papers have been seen at the counter."""
    act, me = Act(SYSTEM, at=clock.now()), who.resident_id
    with access(purpose="tests.papers", actor=me, subject=me, classes=["identity"]) as opened:
        keep_identity(act, opened, IdentityValues(name, address, birthdate, gender), source="counter")
        user = User.objects.get(pk=who.user_id)
        note_level(act, user, 2, kind="counter", officer=new_id(), documents=["passport"])
