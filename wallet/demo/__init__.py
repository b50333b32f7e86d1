"""The demo city's coin: shops, wallets and the last weeks' payments, all through services.

Everything happens relative to one anchor, the beginning of the day in Japan on which the city is seeded, so that lots live and
the last payments were yesterday.
"""

from datetime import datetime

from kernel.clock import jst_date, jst_midnight

WEEKS = 5


def anchor_of(at: datetime) -> datetime:
    """Return the beginning of the day in Japan."""
    return jst_midnight(jst_date(at))
