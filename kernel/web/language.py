"""The reader's language where Django's middleware is not at hand."""

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of(accept_language: str) -> str:
    """Return the best of our languages for an Accept-Language header; the city's own where none fits."""
    for wanted, _quality in parse_accept_lang_header(accept_language.lower()):
        if wanted == "*":
            break
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
