"""The fake card company on a real server, asked by the genuine library; and what a person does on its pages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import msgspec
from django.conf import settings

from tests.wallet.town import Person, Town
from wallet import services
from wallet.engine.card_results import CardTopUp
from wallet.gateways.cards.fake import paying
from wallet.gateways.cards.fake.vendor import FakeStripe
from wallet.gateways.cards.fake.ways import FakeApplication
from wallet.models import CardPayment

KEY, SECRET = "sk_test_of_a_test", "whsec_of_a_test"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_said: Any) -> None:
        pass


@contextmanager
def serving(company: FakeStripe) -> Iterator[str]:
    """Serve the company's API and return its address."""
    with make_server("127.0.0.1", 0, FakeApplication(company), _Server, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class Counter:
    """A town whose people top up by card, and the post between the company and the city."""

    def __init__(self, town: Town, company: FakeStripe) -> None:
        self.town, self.company = town, company
        self._heard = 0

    def begin(self, who: Person, amount: int, method: str = "card", key: str | None = None) -> CardTopUp:
        """Begin a top-up."""
        answer = services.start_top_up(self.town.act(who, key=key), amount=amount, method=method)
        assert answer.status == 201, answer.body
        return msgspec.json.decode(answer.body, type=CardTopUp)

    def town_payment(self) -> Any:
        """Return the id of the only payment that was begun."""
        return CardPayment.objects.get().pk

    def row(self, top_up: CardTopUp) -> CardPayment:
        return CardPayment.objects.get(pk=top_up.id)

    def enter_card(self, top_up: CardTopUp, number: str = paying.GOOD) -> dict[str, Any]:
        """Enter a card on the company's page; return the intent."""
        return self.company.enter_card(self.row(top_up).session_id, number)

    def take_number(self, top_up: CardTopUp) -> dict[str, Any]:
        """Take a number for the convenience store; return the intent."""
        return self.company.choose_konbini(self.row(top_up).session_id)

    def news(self) -> list[dict[str, Any]]:
        """Return what the company told since it was asked last."""
        events = self.company.events()
        fresh, self._heard = events[self._heard :], len(events)
        return fresh

    def hear(self, event: dict[str, Any], *, age_s: int = 0) -> None:
        """Bring one event to the door."""
        services.hear_vendor(*self.company.signed(event, age_s=age_s), at=self.town.at)

    def hear_all(self) -> None:
        """Bring all news."""
        for event in self.news():
            self.hear(event)

    def bought(self, who: Person, amount: int) -> CardPayment:
        """Top up from beginning to end."""
        top_up = self.begin(who, amount)
        self.enter_card(top_up)
        self.hear_all()
        return self.row(top_up)


def keys(address: str) -> dict[str, str]:
    """Return the settings of a city that has a contract with the company at an address."""
    return {**settings.STRIPE, "key": KEY, "webhook_secret": SECRET, "api_base": address}
