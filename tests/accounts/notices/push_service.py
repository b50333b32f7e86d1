"""A push service of a few lines, as a browser's vendor runs one: it checks who signs, decrypts, and answers as told."""

import base64
import json
import os
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec


def base64url(plain):
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class BrowserKeys:
    """What a browser makes when it subscribes, and keeps to itself."""

    def __init__(self):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)

    @property
    def public(self):
        point = serialization.PublicFormat.UncompressedPoint
        return self.private.public_key().public_bytes(serialization.Encoding.X962, point)

    def subscription(self, endpoint):
        return {"endpoint": endpoint, "keys": {"p256dh": base64url(self.public), "auth": base64url(self.secret)}}


class PushService(ThreadingHTTPServer):
    """Where browsers listen: ``browser()`` subscribes one, ``shown(name)`` is what it has shown."""

    daemon_threads = True
    request_queue_size = 128  # eight loops of eight threads: who does not fit in is connected, and never heard

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Door)
        self.browsers, self.answers, self.took, self.refused = {}, {}, [], []
        self.application_key = None
        self.lock = threading.Lock()

    @property
    def root(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def browser(self, name="phone"):
        self.browsers[name] = BrowserKeys()
        return self.browsers[name].subscription(f"{self.root}/wp/{name}")

    def answer(self, name, *statuses):
        """Answer the next calls for a browser so; ``hang up`` takes the message and breaks the line."""
        self.answers[name] = list(statuses)

    def shown(self, name="phone"):
        """What a browser has shown, a later message of the same topic in place of the earlier."""
        by_topic = {topic: payload for browser, topic, payload, _headers in self.took if browser == name}
        return list(by_topic.values())


class _Door(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        name = self.path.rpartition("/")[2]
        with self.server.lock:
            status = self.server.answers.get(name, []).pop(0) if self.server.answers.get(name) else 201
        if status in (201, "hang up"):
            fault = self._fault()
            if fault:
                self.server.refused.append(fault)
                return self._reply(403)
            self._take(name, body)
        if status == "hang up":
            self.close_connection = True
            return None
        return self._reply(status)

    def _fault(self):
        """Check the signature (RFC 8292) and the headers."""
        scheme, _space, words = self.headers["Authorization"].partition(" ")
        token, key = (part.partition("=")[2] for part in words.split(","))
        if scheme != "vapid" or (self.server.application_key and key != self.server.application_key):
            return "key"
        point = unbase64(key)
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        claims = jwt.decode(token, public, algorithms=["ES256"], audience=self.server.root)
        if not claims["sub"].startswith("mailto:"):
            return "sub"
        if self.headers["Content-Encoding"] != "aes128gcm" or int(self.headers["TTL"]) <= 0:
            return "encoding"
        return None

    def _take(self, name, body):
        assert len(body) <= 4096
        keys = self.server.browsers[name]
        plain = http_ece.decrypt(body, private_key=keys.private, auth_secret=keys.secret, version="aes128gcm")
        headers = {part: self.headers[part] for part in ("Topic", "Urgency", "TTL")}
        self.server.took.append((name, self.headers["Topic"], json.loads(plain), headers))

    def _reply(self, status):
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "120")
        if status == 307:
            self.send_header("Location", f"{self.server.root}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words):
        pass


@contextmanager
def push_service():
    """Run a service on a free port of this machine."""
    with PushService() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
