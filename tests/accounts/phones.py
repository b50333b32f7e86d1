"""The two kinds of client, as a test drives them: a browser with its cookies, and an app with its tokens."""

import json

from django.test import Client

from accounts.gateways.demo_post import letters
from kernel import clock

CHROME_ON_ANDROID = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36"
)
SAFARI_ON_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0"
    " Mobile/15E148 Safari/604.1"
)


def newest_letter():
    """Return the letter that arrived last."""
    return letters(at=clock.now())[0]


def letter_count():
    """Return how many letters have arrived."""
    return len(letters(at=clock.now()))


class Browser:
    """The phone app in a browser: a session cookie, and the CSRF token with every change."""

    root = "/_allauth/browser/v1/"

    def __init__(self, user_agent=CHROME_ON_ANDROID, language="ja", ip="127.0.0.1"):
        self.client = Client(
            enforce_csrf_checks=True, headers={"user-agent": user_agent, "accept-language": language}, REMOTE_ADDR=ip
        )

    def ask(self, method, path, body=None, **headers):
        """Send one request to an address of sign-in, or to one that begins with a slash."""
        address = path if path.startswith("/") else self.root + path
        data = b"" if body is None else json.dumps(body).encode()
        return self.client.generic(method, address, data, "application/json", headers=self.headers() | headers)

    def headers(self):
        """Return what the client sends with every request."""
        if "csrftoken" not in self.client.cookies:
            self.client.get(self.root + "config")
        return {"X-CSRFToken": self.client.cookies["csrftoken"].value}

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, body=None, **headers):
        return self.ask("POST", path, body, **headers)

    def me(self):
        """Return who the city says I am."""
        return self.ask("GET", "/api/v1/accounts/me")

    def sign_up(self, **said):
        """Sign up and confirm the address with the code that arrived."""
        answer = self.post("auth/signup", said)
        assert answer.status_code == 401, answer.content
        return self.confirm()

    def sign_in(self, **address):
        """Ask for a code and enter it."""
        answer = self.post("auth/code/request", address)
        assert answer.status_code == 401, answer.content
        return self.confirm()

    def confirm(self, code=None):
        """Enter a code where the flow waits for one; by default the one that arrived last."""
        code = code or newest_letter().code
        waiting = pending(self.get("auth/session"))
        doors = {"verify_email": ("auth/email/verify", "key"), "verify_phone": ("auth/phone/verify", "code")}
        path, field = doors.get(waiting, ("auth/code/confirm", "code"))
        return self.post(path, {field: code})


class App(Browser):
    """An app: a session token while it signs in, then access and refresh tokens."""

    root = "/_allauth/app/v1/"

    def __init__(self, user_agent="Machi/1 (iPhone)", **kept):
        super().__init__(user_agent, **kept)
        self.session_token = self.access = self.refresh = None

    def headers(self):
        return {
            name: value
            for name, value in (
                ("X-Session-Token", self.session_token),
                ("Authorization", self.access and f"Bearer {self.access}"),
            )
            if value
        }

    def ask(self, method, path, body=None, **headers):
        answer = super().ask(method, path, body, **headers)
        if "json" in answer.get("Content-Type", "") and path[0] != "/":
            meta = answer.json().get("meta") or {}
            self.session_token = meta.get("session_token", self.session_token)
            self.access = meta.get("access_token", self.access)
            self.refresh = meta.get("refresh_token", self.refresh)
        return answer

    def renew(self, token=None):
        """Ask for new tokens; only a good answer changes what the app holds."""
        answer = self.post("tokens/refresh", {"refresh_token": token or self.refresh})
        if answer.status_code == 200:
            self.access, self.refresh = answer.json()["data"]["access_token"], answer.json()["data"]["refresh_token"]
        return answer


def pending(answer):
    """Return the id of the step that waits."""
    flows = answer.json()["data"].get("flows", [])
    return next((flow["id"] for flow in flows if flow.get("is_pending")), None)
