"""The settings tests run with: the city's own, at addresses which this process alone uses.

The addresses are fixed here, before Django reads them; the servers behind them start when the first test needs one
(`tests/database.py`, `tests/valkey.py`).
"""

import os

from tests.places import PLACE, REAL_REDIS_URL, ROOT
from tests.valkey import claim_number

os.environ |= {
    "DATABASE_ADMIN_URL": PLACE.admin_url,
    "DATABASE_OWNER_URL": PLACE.owner_url(PLACE.database),
    "DATABASE_URL": PLACE.app_url(PLACE.database),
    "REDIS_URL": claim_number(REAL_REDIS_URL) if REAL_REDIS_URL else f"unix://{PLACE.valkey_socket}",
    "MACHI_DEMO": "1",
    "MACHI_HOME": str(PLACE.folder / "home"),
    "MACHI_SECRET_KEY": "a-secret-key-for-tests-only-a-secret-key-for-tests-only",
    "MACHI_MASTER_KEY": "1:" + "00" * 32,
    "MACHI_LOG_LEVEL": "WARNING",
    "NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR") or str(ROOT / ".machi" / "compiled"),
}

from config.settings import *  # noqa: F403
from config.settings import DATABASES, FEEDS, LIVE, STRIPE

STRIPE["fake_posts"] = False  # nobody stands at that door
FEEDS |= {"from_private": True, "opens_beside": False}  # tests serve feeds from this machine, and wait for them
LIVE["looks_every_s"] = 0.0  # and what runs now, which every test makes anew
STATIC_ROOT = None  # nothing is collected for tests
# Databases are cloned and dropped all the time, so no pool may keep a connection to one.
DATABASES["default"]["OPTIONS"].pop("pool", None)

WHITENOISE_AUTOREFRESH = True  # nothing is collected for a test, and nothing looked through
