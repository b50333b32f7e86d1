"""Make one party's part of a draw: python3 party.py. Publish the three hashes, keep the value, hand a half to each other party."""

import hashlib
import secrets
import sys


def main() -> str:
    value, first = secrets.token_bytes(32), secrets.token_bytes(32)
    second = bytes(a ^ b for a, b in zip(value, first, strict=True))
    secret = {"value, for yourself": value, "half for the next party": first, "half for the one after": second}
    lines = [
        f"{name}: {part.hex()}\n  to publish, its SHA-256: {hashlib.sha256(part).hexdigest()}"
        for name, part in secret.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(main() + "\n")
