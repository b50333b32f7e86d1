"""The terms of settlement that the settings name."""

from django.conf import settings

from wallet.engine.settlement import Terms


def terms_in_force() -> Terms:
    """Return what the city agreed with its shops today."""
    return Terms(**settings.SETTLEMENT["terms"])
