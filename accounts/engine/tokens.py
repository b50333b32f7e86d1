"""What is stored of codes, tokens and clients' secrets: hashes. All of them are 256 random bits, so one SHA-256 keeps them."""

import hashlib
import hmac

SECRET_MARK = "sha256$"  # noqa: S105 - the name of a hash


def hashed(value: str) -> str:
    """Return what is stored of a code or token."""
    return hashlib.sha256(value.encode(errors="surrogatepass")).hexdigest()


def kept_secret(secret: str) -> str:
    """Return what is stored of a client's secret."""
    return SECRET_MARK + hashed(secret)


def is_secret(secret: str, kept: str) -> bool:
    """Tell whether this is the secret that is kept; never for a client that has none."""
    return hmac.compare_digest(kept_secret(secret).encode(), kept.encode())
