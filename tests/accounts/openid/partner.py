"""A partner service as a test drives it: it sends people to the city and talks to the city's doors."""

import base64
import hashlib
import html
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from accounts.services.partners.clients import register_partner
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.accounts.phones import Browser
from tests.factories.people import organisation, person

AUTHORIZE = "/identity/o/authorize"
TOKEN = "/identity/o/token"
VERIFIER = "a-verifier-of-a-partner-that-is-long-enough-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
SCOPES = ["openid", "profile", "email", "phone"]


@dataclass(frozen=True)
class Partner:
    """A registered service and what it knows of itself."""

    client_id: str
    secret: str | None
    organisation_id: object
    redirect_uri: str

    def request(self, **changed):
        """Return the address to which this partner sends a person; None takes a parameter away."""
        asked = {
            "response_type": "code", "client_id": self.client_id, "redirect_uri": self.redirect_uri,
            "scope": "openid profile", "state": "the-state", "nonce": "the-nonce", "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        } | changed  # fmt: skip
        return f"{AUTHORIZE}?{urlencode({name: value for name, value in asked.items() if value is not None})}"

    def ask(self, path, *, basic=True, **form):
        """Send a form to one of the city's doors for machines."""
        headers = {}
        if self.secret is None or not basic:
            form = {"client_id": self.client_id} | form
        if self.secret is not None and basic:
            pair = base64.b64encode(f"{self.client_id}:{self.secret}".encode()).decode()
            headers["authorization"] = f"Basic {pair}"
        return Client().post(path, urlencode(form), "application/x-www-form-urlencoded", headers=headers)

    def redeem(self, code, **changed):
        """Exchange a code."""
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect_uri, "code_verifier": VERIFIER,
        } | changed  # fmt: skip
        return self.ask(TOKEN, **{name: value for name, value in form.items() if value is not None})

    def refresh(self, token, **more):
        """Exchange a refresh token."""
        return self.ask(TOKEN, grant_type="refresh_token", refresh_token=token, **more)

    def introspect(self, token):
        """Ask whether a token is good."""
        return self.ask("/identity/o/introspect", token=token).json()


def partner(kind="web", name="くま川図書館", scopes=None, organisation_id=None, redirect_uri=None, logout_uris=()):
    """Register a service of a new organisation."""
    recipient = organisation_id or organisation("partner", "くま川サービス", "Kumagawa Services")
    address = redirect_uri or {"web": "https://library.example.jp/cb", "native": "jp.example.library:/cb"}.get(kind)
    made = register_partner(
        Act(SYSTEM, at=clock.now()), organisation_id=recipient, kind=kind, name=name, name_en="Kumagawa Library",
        scopes=scopes or {"machine": ["data.read"], "device": ["device"]}.get(kind, SCOPES),
        redirect_uris=[address] if address else [], logout_uris=list(logout_uris), contacts="desk@example.jp", why="契約",
    )  # fmt: skip
    return Partner(made.client_id, made.secret, recipient, address or "")


class Visitor(Browser):
    """A person in front of a browser whom a partner sends to the city."""

    def open(self, address):
        """Follow a link."""
        return self.client.get(address)

    def answer(self, address, answer="yes", classes=("profile", "contacts"), **more):
        """Open the question and answer it."""
        page = self.open(address)
        assert page.status_code == 200, (page.status_code, page.headers)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
        return self.client.post(address, {"csrfmiddlewaretoken": token, "answer": answer, "class": classes} | more)

    def connect(self, who, **asked):
        """Say yes, where there is something to say yes to, and return the code."""
        address = who.request(**asked)
        page = self.open(address)
        return back(page if page.status_code == 303 else self.answer(address))["code"]

    def words(self, address):
        """Return what a page says, without its marks."""
        return html.unescape(re.sub(r"<[^>]+>|\s+", " ", self.open(address).content.decode()))


def leads_to(answer):
    """Return where the browser goes: by a redirect, or by the page that answers a form."""
    if answer.status_code == 303:
        return answer["Location"]
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', answer.content.decode())
    assert (answer.status_code, bool(found)) == (200, True), (answer.status_code, answer.content[:500])
    return html.unescape(found[1])


def back(answer):
    """Return the parameters with which the browser goes back to the partner."""
    return {name: values[0] for name, values in parse_qs(urlsplit(leads_to(answer)).query, strict_parsing=True).items()}


def signed_in(name="見本 花子", email="hanako@example.com"):
    """Return a person's browser, signed in by a code."""
    who, browser = person(name, email=email), Visitor()
    browser.sign_in(email=email)
    browser.person = who
    return browser


def userinfo(token):
    """Ask the city who the person is."""
    return Client().get("/identity/o/userinfo", headers={"authorization": f"Bearer {token}"})
