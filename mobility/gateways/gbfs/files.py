"""The files of a system, found through its ``gbfs.json``: version 2 lists them by language, version 3 once for all."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

Open = Callable[[str], bytes]
"""Opens an address; what it raises for one that cannot be opened is for the caller to say."""
Files = Mapping[str, Mapping[str, Any]]
"""What each file says, by its name and language; the language is ``""`` where there is one for all."""

MOST_BYTES, MOST_LANGUAGES = 20_000_000, 6
REQUIRED = ("system_information",)
NAMED = ("system_information", "station_information", "system_pricing_plans", "geofencing_zones")
"""Files with texts that people read, fetched in every language."""
OTHERS = ("station_status", "vehicle_types", "free_bike_status", "vehicle_status")
PREFERRED = ("ja", "en")


class NotGbfs(Exception):
    """What was opened is no GBFS; ``code`` is why (``too_large``, ``not_json``, ``shape``, ``file_missing``), ``file`` where."""

    def __init__(self, code: str, file: str) -> None:
        """Keep both."""
        super().__init__(f"{code}: {file}")
        self.code, self.file = code, file


def collect(url: str, open_at: Open, absent: tuple[type[Exception], ...] = ()) -> Files:
    """Return all files of a system. One that cannot be opened is as if it were not there: ``absent`` is what that raises.

    :raises NotGbfs: where ``gbfs.json`` or the system's information is none.
    """
    listed = _addresses(parsed(open_at(url), "gbfs"))
    found: dict[str, dict[str, Any]] = {}
    for name in (*NAMED, *OTHERS):
        addresses = list(listed.get(name, {}).items())
        for language, address in addresses if name in NAMED else addresses[:1]:
            told = _opened(address, name, open_at, absent)
            if told is not None:
                found.setdefault(name, {})[language] = told
    for name in REQUIRED:
        if not found.get(name):
            raise NotGbfs("file_missing", name)
    return found


def _opened(address: str, name: str, open_at: Open, absent: tuple[type[Exception], ...]) -> Any:
    """Return a file; None where it is not there, or is none and could be done without."""
    try:
        return parsed(open_at(address), name)
    except absent:
        return None
    except NotGbfs:
        if name in REQUIRED:
            raise
        return None


def parsed(content: bytes, file: str) -> Any:
    """Return a file, an object with ``data`` and what stands beside it.

    :raises NotGbfs: where it is no JSON object with data.
    """
    if len(content) > MOST_BYTES:
        raise NotGbfs("too_large", file)
    try:
        told = _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NotGbfs("not_json", file) from None
    if not isinstance(told, dict) or not isinstance(told.get("data"), dict):
        raise NotGbfs("shape", file)
    return told


def _addresses(told: Any) -> dict[str, dict[str, str]]:
    """Return the address of each file by language, the languages of this town's readers first."""
    data = told["data"]
    lists = {"": data} if "feeds" in data else {str(key): value for key, value in data.items()}
    order = sorted(lists, key=lambda language: PREFERRED.index(language) if language in PREFERRED else len(PREFERRED))
    found: dict[str, dict[str, str]] = {}
    for language in order[:MOST_LANGUAGES]:
        feeds = lists[language].get("feeds") if isinstance(lists[language], dict) else None
        for each in feeds if isinstance(feeds, list) else []:
            if isinstance(each, dict) and isinstance(each.get("url"), str) and isinstance(each.get("name"), str):
                found.setdefault(each["name"], {}).setdefault(language, each["url"])
    return found


_DECODER = msgspec.json.Decoder(strict=False)
