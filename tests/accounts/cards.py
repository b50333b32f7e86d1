"""A phone with a card: walks to the demo city's provider and back, as a browser does; an app opens one for it."""

from urllib.parse import parse_qs, urlsplit

from tests.accounts.phones import Browser

CARD = "/api/v1/accounts/card/"


def begin(phone, purpose="raise"):
    """Ask where to go and return the address."""
    answer = phone.ask("POST", CARD + "start", {"purpose": purpose})
    assert answer.status_code == 200, answer.content
    return answer.json()["address"]


def lay_down(phone, address, holder="hanako", pin="1234", **more):
    """Lay the card on the provider's page and return what it adds to the address of return."""
    page, phone = urlsplit(address), phone if phone.root == Browser.root else Browser()
    answer = phone.client.post(
        f"{page.path}?{page.query}", {"holder": holder, "pin": pin, **more}, headers=phone.headers()
    )
    assert answer.status_code == 302, answer.content.decode()
    back = urlsplit(answer["Location"])
    assert back.path == "/card/return"
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def hand_in(phone, said):
    """Hand the provider's answer in."""
    return phone.ask("POST", CARD + "finish", said)


def show(phone, holder="hanako", purpose="raise"):
    """Walk the whole way."""
    return hand_in(phone, lay_down(phone, begin(phone, purpose), holder))
