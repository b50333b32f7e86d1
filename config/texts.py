"""The server's texts: translations in ``config/locale``, compiled at start where that is missing or old, never committed.

The source language is Japanese, so ``ja`` needs no catalogue. Gathering and updating are `config.translation`'s.
"""

from pathlib import Path

LOCALE = Path(__file__).resolve().parent / "locale"
FRAME = Path(__file__).resolve().parent / "locale_admin" / "ja" / "LC_MESSAGES" / "django.po"
"""The Japanese of the administration's frame, whose makers bring none; written by hand."""


def catalogues() -> list[Path]:
    """Return the committed catalogue of each language that is translated."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def compile_texts() -> int:
    """Compile what is missing or old and return how many were. This function will cost a few file times where all is fresh."""
    old = [source for source in [*catalogues(), FRAME] if not _is_fresh(source)]
    if old:
        from config.translation import compile_one  # noqa: PLC0415 - Babel takes 80 ms, and is seldom needed

        for source in old:
            compile_one(source)
    return len(old)


def _is_fresh(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns
