"""Counting a till: notes and coins of the yen, and what they come to.

Source: 日本銀行法 article 46 (notes); 通貨の単位及び貨幣の発行等に関する法律 article 5 (coins).
"""

from collections.abc import Mapping

from wallet.errors import CountUnsound

DENOMINATIONS = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1)
MOST = 100_000
"""How many of one kind a count may hold: more is a slip of the finger."""


def counted(count: Mapping[str, int]) -> int:
    """Return what a count comes to in yen; kinds that are left out are none. :raises CountUnsound: for what no till holds."""
    known = {str(each): each for each in DENOMINATIONS}
    for kind, pieces in count.items():
        if kind not in known or type(pieces) is not int or not 0 <= pieces <= MOST:
            raise CountUnsound(kind=kind)
    return sum(known[kind] * pieces for kind, pieces in count.items())
