"""People at the officers' desks of getting about."""

import re

from django.test import Client

from accounts.models import User
from tests.factories.people import show_second_factor
from tests.wallet.callers import Caller


def at_the_desk(person: Caller) -> Client:
    """Sign somebody in at the staff's pages, by an authenticator app as well."""
    client = Client(headers={"accept-language": "ja"}, raise_request_exception=False)
    client.force_login(User.objects.get(resident_id=person.resident_id))
    return show_second_factor(client)


def said(answer) -> str:
    """Return what stands in the middle of a page, without tags."""
    body = answer.content.decode()
    main = body[body.index('<main class="coin-desk">') : body.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def whole(answer) -> str:
    """Return all of a page, what came of a deed included."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
