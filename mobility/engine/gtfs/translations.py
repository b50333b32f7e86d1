"""Names in other languages, by the standard's translations.txt and by the older one of GTFS-JP.

The standard names table and field, and either the record or the text that is translated; where both are there, the record counts.
The older form translates a text wherever it stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mobility.engine.gtfs.directory import language_of
from mobility.engine.gtfs.faults import Faults
from mobility.engine.gtfs.tables import Table


@dataclass
class Translations:
    """What translations.txt tells: by (table, field), then by record or by text, then by language."""

    by_record: dict[tuple[str, str], dict[tuple[str, str], dict[str, str]]] = field(default_factory=dict)
    by_text: dict[tuple[str, str], dict[str, dict[str, str]]] = field(default_factory=dict)
    anywhere: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, table: str, name: str, text: str, record: str = "", part: str = "") -> Mapping[str, str]:
        """Return a text in other languages, by language."""
        if not text:
            return {}
        told = self.anywhere.get(text, {}) | self.by_text.get((table, name), {}).get(text, {})
        if record and (table, name) in self.by_record:
            told = told | self.by_record[table, name].get((record, part), {})
        return told

    def column(
        self, table: str, name: str, texts: Sequence[str], records: Sequence[str]
    ) -> Mapping[str, Mapping[int, str]]:
        """Return a whole column in other languages, by language and number."""
        found: dict[str, dict[int, str]] = {}
        for n, (text, record) in enumerate(zip(texts, records, strict=True)):
            for language, told in self.of(table, name, text, record).items():
                if told != text:
                    found.setdefault(language, {})[n] = told
        return found


def read_translations(table: Table, faults: Faults) -> Translations:
    """Return the translations of either form; rows that translate nothing are remarked."""
    found = Translations()
    if "trans_id" in table.columns:
        rows = zip(table.column("trans_id"), table.column("lang"), table.column("translation"), strict=True)
        for n, (text, language, told) in enumerate(rows):
            if text and language and told:
                found.anywhere.setdefault(text, {})[language_of(language)] = told
            else:
                faults.remark("translation_left_aside", table.file, table.lines[n])
        return found
    columns = ("table_name", "field_name", "language", "translation", "record_id", "record_sub_id", "field_value")
    for n, row in enumerate(zip(*(table.column(name) for name in columns), strict=True)):
        where, language, told, record, part, text = row[:2], row[2], row[3], row[4], row[5], row[6]
        if not (language and told) or not (record or text or row[0] == "feed_info"):
            faults.remark("translation_left_aside", table.file, table.lines[n])
        elif text and not record:
            found.by_text.setdefault(where, {}).setdefault(text, {})[language_of(language)] = told
        else:
            key = (record or row[0], part)
            found.by_record.setdefault(where, {}).setdefault(key, {})[language_of(language)] = told
    return found
