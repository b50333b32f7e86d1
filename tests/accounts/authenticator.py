"""An authenticator in software: makes passkeys and answers challenges as a telephone would (WebAuthn Level 3)."""

import hashlib
import json
import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def encode(raw):
    """Return base64url without padding, as browsers send bytes."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def decode(text):
    """Return the bytes of base64url."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Authenticator:
    """One device with at most one passkey."""

    def __init__(self, origin="http://localhost:8000", flags=PRESENT | VERIFIED):
        self.origin = origin
        self.flags = flags
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(32)
        self.user_handle = self.domain = None
        self.counter, self.step = 0, 1  # many telephones do not count: step 0

    def make(self, options):
        """Answer ``navigator.credentials.create`` with toJSON()."""
        self.user_handle, self.domain = options["user"]["id"], options["rp"]["id"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        attested = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + public
        statement = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + attested}
        response = {
            "clientDataJSON": encode(self._client_data("webauthn.create", options["challenge"])),
            "attestationObject": encode(cbor.encode(statement)),
            "transports": ["internal"],
        }
        return self._credential(response, {"credProps": {"rk": True}})

    def answer(self, options):
        """Answer ``navigator.credentials.get`` with toJSON()."""
        self.counter += self.step
        client_data, data = self._client_data("webauthn.get", options["challenge"]), self._data()
        signed = data + hashlib.sha256(client_data).digest()
        response = {
            "clientDataJSON": encode(client_data),
            "authenticatorData": encode(data),
            "signature": encode(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": self.user_handle,
        }
        return self._credential(response, {})

    def _client_data(self, kind, challenge):
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, more=0):
        return hashlib.sha256(self.domain.encode()).digest() + struct.pack(">BI", self.flags | more, self.counter)

    def _credential(self, response, results):
        name = encode(self.credential_id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": results,
        }
