"""A source over the net: what an operator wants with a request goes to the operator, and nowhere else."""

import http.server
import threading

import pytest

from mobility.engine.live.news import Message
from mobility.gateways.fetching import FetchRefused
from mobility.gateways.gtfs_realtime import read_message, write_message
from mobility.gateways.live_sources import Source, open_source


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.heard.append((self.path, self.headers.get("X-Key")))
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", self.server.leads_to)
            self.end_headers()
            return
        body = write_message(Message(1_781_049_600), 1_781_049_600)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_told):
        pass


@pytest.fixture
def servers():
    """Start two servers on this machine."""
    found = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(2)]
    for each in found:
        each.heard = []
        threading.Thread(target=each.serve_forever, daemon=True).start()
    yield found
    for each in found:
        each.shutdown()
        each.server_close()


def at(server, path="/tu.pb"):
    return f"http://127.0.0.1:{server.server_port}{path}"


def test_a_source_is_opened_with_its_headers(servers):
    here, _there = servers
    content = open_source(Source(at(here), {"X-Key": "secret"}))
    assert read_message(content).message.at == 1_781_049_600
    assert here.heard == [("/tu.pb", "secret")]


def test_the_key_goes_along_a_redirect_within_the_place_and_to_no_other(servers):
    here, there = servers
    here.leads_to = "/tu.pb"
    open_source(Source(at(here, "/away"), {"X-Key": "secret"}))
    here.leads_to = at(there)
    open_source(Source(at(here, "/away"), {"X-Key": "secret"}))
    assert here.heard == [("/away", "secret"), ("/tu.pb", "secret"), ("/away", "secret")]
    assert there.heard == [("/tu.pb", None)]


def test_what_is_larger_than_a_message_may_be_is_not_taken(servers, settings, monkeypatch):
    monkeypatch.setitem(settings.LIVE, "most_bytes", 5)
    with pytest.raises(FetchRefused, match="too_large"):
        open_source(Source(at(servers[0]), {}))
