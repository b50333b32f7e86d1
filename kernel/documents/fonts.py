"""The fonts on paper: where they lie, and which are missing. All are under the Open Font License; npm brings them."""

from pathlib import Path

from django.conf import settings

FACES = (
    ("biz-udpgothic", "BIZUDPGothic_400Regular.ttf"),
    ("biz-udpgothic", "BIZUDPGothic_700Bold.ttf"),
    ("nanum-gothic", "NanumGothic_400Regular.ttf"),
    ("nanum-gothic", "NanumGothic_700Bold.ttf"),
    ("zcool-xiaowei", "ZCOOLXiaoWei_400Regular.ttf"),
)
"""Japanese and Latin, Korean, simplified Chinese: the package (or folder), and the file somewhere below it."""


def font_folders() -> tuple[list[str], list[str]]:
    """Return the folders in which our fonts were found, and the names of those that are missing."""
    found, missing = [], []
    for package, name in FACES:
        file = next((Path(settings.DOCUMENT_FONTS) / package).rglob(name), None)
        if file is None:
            missing.append(name)
        else:
            found.append(str(file.parent))
    return found, missing


def missing_fonts() -> str | None:
    """See that every font is there: without them no document is set, for boxes on paper help nobody."""
    missing = font_folders()[1]
    if not missing:
        return None
    return f"Fonts for documents are missing: {', '.join(missing)}. Run npm ci in static/, or set MACHI_DOCUMENT_FONTS."
