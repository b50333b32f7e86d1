"""The wallet as a Django app."""

from django.apps import AppConfig


class WalletConfig(AppConfig):
    """Registers the ledger, the coin, shops and codes."""

    name = "wallet"
    default_auto_field = "django.db.models.BigAutoField"
