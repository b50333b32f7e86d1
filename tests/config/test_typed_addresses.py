"""An address as somebody types it, with letters that should have been written otherwise, is understood."""

import asyncio
import json

import pytest

from config.asgi import application


def ask(query: bytes) -> tuple[int, dict]:
    """Ask for places as a server hands the question over; return the status and what stands in the body."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": "/api/v1/mobility/journeys", "raw_path": b"/api/v1/mobility/journeys", "root_path": "", "query_string": query,
        "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 5), "server": ("localhost", 80),
    }  # fmt: skip
    asyncio.run(application(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], json.loads(body)


@pytest.mark.parametrize("query", ["to=あ".encode(), b"to=\xff", b"to=%E3%81%82"])
def test_letters_are_never_a_fault_of_ours(query):
    status, problem = ask(query)
    assert (status, problem["code"]) == (422, "invalid_query")
