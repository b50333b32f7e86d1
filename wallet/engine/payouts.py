"""Paying out (払戻し): in which cases the law allows it, on which ground, and how much of the small ones in a period.

Sources: 資金決済に関する法律 (Act 59 of 2009) article 20(1), (2) and (5); 前払式支払手段に関する内閣府令 (Cabinet Office
Ordinance 3 of 2010) articles 41 and 42. Told in docs/algorithms/payouts.md.
"""

from datetime import date, timedelta

import msgspec

NOTICE = timedelta(days=60)
"""How long holders may claim at the least after the end is made public (article 20(2)); the day itself is not counted."""

OF_ISSUE, OF_BALANCE = 20, 5
"""Per cent of what the period before issued, and of the unused balance at its end; one is enough (article 42(i), (ii))."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One case in which coins may be paid out: ``ground`` is its article; ``is_limited``: no more in all than the ceilings;
    ``needs_end``: only while the end of the coin is made public and claims are taken.
    """

    code: str
    ground: str
    is_limited: bool = False
    needs_end: bool = False


CASES = {
    each.code: each
    for each in (
        Case(code="coin_ends", ground="資金決済法20条1項1号", needs_end=True),
        Case(code="moved_away", ground="資金決済法20条5項、内閣府令42条3号（転居・出国）"),
        Case(code="died", ground="資金決済法20条5項、内閣府令42条3号（死亡、相続人へ）"),
        Case(code="cannot_use", ground="資金決済法20条5項、内閣府令42条3号（そのほかやむを得ない事情）"),
        Case(code="small", ground="資金決済法20条5項、内閣府令42条1号・2号", is_limited=True),
    )
}


class Ceiling(msgspec.Struct, frozen=True, kw_only=True):
    """What may be paid out in the limited case in a period that began after ``base``; whole yen, parts of a yen left off."""

    base: date
    issued: int
    unused: int
    used: int

    @property
    def by_issue(self) -> int:
        """Return the part of what the period before issued."""
        return self.issued * OF_ISSUE // 100

    @property
    def by_balance(self) -> int:
        """Return the part of the unused balance on the base date."""
        return self.unused * OF_BALANCE // 100

    @property
    def most(self) -> int:
        """Return the larger of the two: keeping within one is enough."""
        return max(self.by_issue, self.by_balance)

    @property
    def left(self) -> int:
        """Return what is left of it."""
        return max(self.most - self.used, 0)


def is_long_enough(announced_on: date, claims_until: date) -> bool:
    """Tell whether holders have the time that the law gives them."""
    return claims_until >= announced_on + NOTICE
