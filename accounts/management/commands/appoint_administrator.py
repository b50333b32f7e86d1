"""``manage.py appoint_administrator ADDRESS``: how a new city gets its first administrator."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.errors import AlreadyMember
from accounts.selectors.organisations import organisations_of_kind
from accounts.selectors.sign_ins import user_by_email
from accounts.services.organisations import appoint, found_organisation
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act

NOBODY = "Nobody has confirmed this address here: sign up in the app first."


class Command(BaseCommand):
    """Makes a person who has signed up an administrator; the city office is registered where it is not yet."""

    help = "Make the person with this confirmed e-mail address an administrator of the city."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address and the reason."""
        parser.add_argument("address")
        parser.add_argument("--why", default="first administrator")

    def handle(self, *_args: Any, address: str, why: str, **_options: Any) -> None:
        """Appoint them; :raises CommandError: for an address that nobody has confirmed."""
        user = user_by_email(address)
        if user is None:
            raise CommandError(NOBODY)
        role = "city.administrator"
        try:
            appoint(self._act(), organisation_id=self._office(), resident_id=user.resident_id, role=role, why=why)
        except AlreadyMember:
            raise CommandError("This person is an administrator already.") from None
        self.stdout.write("Appointed. The admin opens with the next request.")

    def _office(self) -> UUID:
        """Return the city office, registered now where there is none."""
        offices = organisations_of_kind("city")
        if offices:
            return offices[0].id
        name, name_en = settings.CITY["name_ja"], settings.CITY["name_en"]
        return found_organisation(self._act(), name=name, name_en=name_en, kind="city").id

    def _act(self) -> Act:
        return Act(SYSTEM, at=clock.now())
