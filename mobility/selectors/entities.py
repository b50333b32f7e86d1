"""The town's things as others publish them (entities), and their texts as we keep texts."""

from collections.abc import Iterator, Mapping
from typing import Any

import cityos.selectors as cityos
from mobility.engine.gtfs.directory import language_of

PAGE = 1000


def all_of(entity_type: str) -> Iterator[cityos.EntityView]:
    """Give out all entities of a type, in the order of their ids."""
    after = ""
    while page := cityos.entities_of(entity_type, after=after, limit=PAGE):
        yield from page
        after = page[-1].id


def texts_of(value: Any) -> dict[str, str]:
    """Return a text, or texts by language (``{"ja": …, "ja-Hrkt": …}``), with the Japanese one as the original, under ``""``."""
    if isinstance(value, str):
        return {"": value} if value else {}
    if not isinstance(value, Mapping):
        return {}
    texts: dict[str, str] = {
        language_of(str(language)): text for language, text in value.items() if isinstance(text, str) and text
    }
    first = texts.get("ja", next(iter(texts.values()), ""))
    return {"": first} | {language: text for language, text in texts.items() if language != "ja"}
