"""What boards say of languages and days."""

from collections.abc import Mapping
from datetime import date

LANGUAGE_NAMES: Mapping[str, str] = {
    "ja": "日本語", "ja-easy": "やさしい日本語", "en": "English", "zh-hans": "简体中文", "ko": "한국어",
}  # fmt: skip
"""Each in itself."""
TAGS: Mapping[str, str] = {"ja": "ja", "ja-easy": "ja", "en": "en", "zh-hans": "zh-Hans", "ko": "ko"}
"""How HTML names them."""
WEEKDAYS: Mapping[str, str] = {"ja": "月火水木金土日", "zh-hans": "一二三四五六日", "ko": "월화수목금토일"}
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day_in_words(day: date, language: str) -> str:
    """Return a day as people read it: 11月21日（土）, Sat 21 Nov."""
    if language == "en":
        return f"{ENGLISH_DAYS[day.weekday()]} {day.day} {ENGLISH_MONTHS[day.month - 1]}"
    weekday = WEEKDAYS.get(language, WEEKDAYS["ja"])[day.weekday()]
    if language == "ko":
        return f"{day.month}월 {day.day}일({weekday})"
    return f"{day.month}月{day.day}日（{weekday}）"
