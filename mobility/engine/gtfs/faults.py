"""What is wrong with a feed: where, and what it is about. A fault refuses the feed; a remark only says what was left aside."""

from typing import Literal

import msgspec

MOST = 200
"""So many faults are kept of one kind in one file; whoever has more has one mistake, many times."""


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong: its code, the file, the line (1 is the header, 0 the whole file) and what stands there."""

    code: str
    file: str
    line: int = 0
    field: str = ""
    value: str = ""
    weight: Literal["fault", "remark"] = "fault"


class Faults:
    """Gathers faults while a feed is read."""

    def __init__(self) -> None:
        """Begin without any."""
        self.found: list[Fault] = []
        self._counted: dict[tuple[str, str], int] = {}

    def add(self, code: str, file: str, line: int = 0, *, field: str = "", value: object = "") -> None:
        """Note a fault."""
        self._note(Fault(code, file, line, field, _short(value)))

    def remark(self, code: str, file: str, line: int = 0, *, field: str = "", value: object = "") -> None:
        """Note something that does no harm."""
        self._note(Fault(code, file, line, field, _short(value), "remark"))

    def refuse(self) -> bool:
        """Tell whether the feed may not be used."""
        return any(each.weight == "fault" for each in self.found)

    def more(self) -> dict[tuple[str, str], int]:
        """Return by code and file how many were found and not kept."""
        return {key: count - MOST for key, count in self._counted.items() if count > MOST}

    def _note(self, fault: Fault) -> None:
        key = (fault.code, fault.file)
        self._counted[key] = self._counted.get(key, 0) + 1
        if self._counted[key] <= MOST:
            self.found.append(fault)


def _short(value: object) -> str:
    text = (
        "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in str(value)[:60])
        + str(value)[60:61]
    )
    return text if len(text) <= 60 else f"{text[:59]}…"
