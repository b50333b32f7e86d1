"""A database's address as Django wants it."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

THREADS = 8  # of one web worker; the pool is as large


def database_from_url(url: str, *, pooled: bool = False) -> dict[str, Any]:
    """Read ``postgres://user:password@host:port/name?host=/socket/folder`` (host in the query for a unix socket).

    Values travel beside the statement, never within its text (``server_side_binding``, ADR 0022): what is asked again is the same,
    stays prepared (psycopg's ``prepare_threshold``, which Django would switch off), and is neither parsed nor planned anew.
    SQL by hand names a value's type where the server cannot tell it (``%s::uuid IS NULL``). The session's zone is UTC.
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    options: dict[str, Any] = {
        "server_side_binding": True,
        "prepare_threshold": 5,
        "options": "-c timezone=UTC",
        "application_name": "machi",
    }
    if pooled:
        options["pool"] = {"min_size": 0, "max_size": THREADS, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "machi",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": query.pop("port", None) or str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": options | query,
    }
