"""A partner's own server for a browser to visit: it takes the code back and sends its visitor on to another of its hosts."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session


class Partner:
    """A relying party by Authlib on the loopback address; ``visitor`` is what it learnt of whoever came last."""

    def __init__(self, city, port):
        self.city, self.port = city, port
        self.redirect_uri = f"http://127.0.0.1:{port}/cb"
        self.verifier, self.visitor, self.client, self.said = "v" * 64, {}, None, {}

    def knows_itself(self, client_id, secret):
        """Learn what the officer handed over."""
        self.said = requests.get(f"{self.city}/.well-known/openid-configuration", timeout=10).json()
        self.client = OAuth2Session(
            client_id=client_id, client_secret=secret, redirect_uri=self.redirect_uri, scope="openid profile",
            code_challenge_method="S256", token_endpoint=self.said["token_endpoint"],
        )  # fmt: skip

    def door(self):
        """Return where the partner sends its visitor to sign in."""
        address, self.state = self.client.create_authorization_url(
            self.said["authorization_endpoint"], code_verifier=self.verifier, nonce="n"
        )
        return address

    def takes(self, path):
        """Take a visitor back, ask the city who it is."""
        given = parse_qs(urlsplit(path).query)
        if "error" in given:
            self.visitor = {"error": given["error"][0]}
            return
        here = f"http://127.0.0.1:{self.port}{path}"
        self.client.fetch_token(authorization_response=here, state=self.state, code_verifier=self.verifier)
        self.visitor = self.client.get(self.said["userinfo_endpoint"]).json()

    def still_knows(self):
        """Tell whether the token is still good."""
        return self.client.get(self.said["userinfo_endpoint"]).status_code == 200


@contextmanager
def partner_at_the_door(city):
    """Serve a partner."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path.startswith("/cb"):
                held.takes(self.path)
                self.send_response(302)
                self.send_header("Location", f"http://localhost:{held.port}/home")  # another host of the partner's
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Partner</title><h1>Welcome to the library</h1>")

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held = Partner(city, server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
