"""The web process is killed between commit and answer: the money moved, nobody was told, and asking again tells."""

import httpx
import pytest

from tests.wallet.callers import Caller
from tests.wallet.served import server

PAYMENTS = "/api/v1/wallet/payments"


def asked(person: Caller, key: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {person.token}", "Idempotency-Key": key, **more}


@pytest.mark.slow  # two real servers are started, one is killed
def test_asking_again_after_the_server_died_gives_the_answer_that_was_lost(city, committed_db) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    body = {"code": shop.code, "amount": 500}
    with server("tests.wallet.api.dying:application", committed_db) as dying, pytest.raises(httpx.TransportError):
        dying.post(PAYMENTS, json=body, headers=asked(hanako, "lost-answer", **{"X-Die-Before-Answering": "1"}))
    (kept,) = hanako.get("history?limit=1").json()["results"]
    assert (hanako.balance(), kept["kind"], kept["amount"]) == (2500, "payment", 500)
    with server("config.wsgi:application", committed_db) as alive:
        again = [alive.post(PAYMENTS, json=body, headers=asked(hanako, "lost-answer")) for _ in range(2)]
    assert [answer.status_code for answer in again] == [201, 201]
    assert again[0].content == again[1].content
    assert again[0].json()["id"] == kept["payment_id"]
    assert hanako.balance() == 2500
