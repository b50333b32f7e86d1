"""Addresses to which a partner's answers may go. They are compared sign by sign, so only plain ones may be registered.

RFC 9700 (OAuth 2.0 Security Best Current Practice) 2.1 and 4.1: exact comparison, no wildcards. RFC 8252 7.1 and 7.3: a native
app's own scheme is a domain turned round, or the loopback address.
"""

import re

LONGEST = 500
_REST = r"(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~!$&'()+,;=:@%/-]*)?(?:\?[A-Za-z0-9._~!$&'()+,;=:@%/?-]*)?"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HTTPS = re.compile(rf"https://(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?{_REST}")
_LOOPBACK = re.compile(rf"http://(?:127\.0\.0\.1|\[::1\]){_REST}")
_OWN_SCHEME = re.compile(rf"[a-z][a-z0-9]*(?:\.{_LABEL})+:/{{1,2}}[A-Za-z0-9._~/-]*")
_DOTS = re.compile(r"/\.{1,2}(/|\?|$)")


def may_register(address: str, kind: str, *, with_loopback: bool = False) -> bool:
    """Tell whether the address may be registered for a service of this kind.

    https for web services (``with_loopback``: http on the loopback address too, for trying out); for native apps also a scheme
    of their own and the loopback address.
    """
    if len(address) > LONGEST or _DOTS.search(address) or kind not in ("web", "native"):
        return False
    if _HTTPS.fullmatch(address):
        return True
    if _LOOPBACK.fullmatch(address):
        return kind == "native" or with_loopback
    return kind == "native" and _OWN_SCHEME.fullmatch(address) is not None


def own_scheme(address: str) -> str | None:
    """Return the scheme that a native app made its own, ``jp.example.app:``; None for https and the loopback address."""
    scheme = address.partition(":")[0]
    return None if scheme in ("http", "https") else f"{scheme}:"
