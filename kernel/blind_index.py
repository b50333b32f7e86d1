"""Looking up what is sealed: the same text for the same place always gives the same index, and no text comes back from one.

HMAC-SHA-256 under a key of the city's own, which lies in the database sealed by the master key: whoever has a copy of the database
alone can neither read an index nor try texts against it. A key of its own, and not one made of the master key, so that turning the
master key over moves no index.
"""

import hashlib
import hmac

from django.db import connection

from kernel import keys
from kernel.models import IndexKey

PLACE = "kernel.index_key"

_known: dict[str, bytes] = {}


def blind_index(text: str, place: str) -> str:
    """Return 43 signs of base64url by which ``text`` is found again in one place (``accounts.contact``)."""
    return keys.base64url(hmac.digest(_key(), f"{place}\0{text}".encode(), hashlib.sha256))


def _key() -> bytes:
    database = str(connection.settings_dict["NAME"])
    if database in _known:
        return _known[database]
    row = IndexKey.objects.first() or _make()
    key = keys.unseal_for_city(row.version, bytes(row.sealed), PLACE)
    if not connection.in_atomic_block:  # a key made in a transaction that rolls back has never been
        _known[database] = key
    return key


def _make() -> IndexKey:
    """Make the key, or take the one that another process made first."""
    version, sealed = keys.seal_for_city(keys.new_key(), PLACE)
    IndexKey.objects.bulk_create([IndexKey(version=version, sealed=sealed)], ignore_conflicts=True)
    return IndexKey.objects.get()
