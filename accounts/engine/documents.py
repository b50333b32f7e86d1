"""Which papers an officer may know a person by: one with a picture, or two of the others.

The rule of Japanese counters (住民基本台帳事務処理要領, part 2; 犯罪による収益の移転防止に関する法律施行規則, article 7): an
official paper with a photograph is enough by itself; without one, two are needed.
"""

from collections.abc import Iterable

WITH_PICTURE = ("drivers_licence", "my_number_card", "passport", "residence_card")
WITHOUT_PICTURE = ("health_insurance", "pension_book", "medical_certificate", "official_letter")
KINDS = WITH_PICTURE + WITHOUT_PICTURE


def suffices(kinds: Iterable[str]) -> bool:
    """Tell whether these papers, each counted once, are enough; a paper of no known kind never is."""
    shown = set(kinds)
    if not shown or not shown <= set(KINDS):
        return False
    return bool(shown & set(WITH_PICTURE)) or len(shown) >= 2
