"""The wallet as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WalletConfig(AppConfig):
    """Registers the ledger, the coin, shops and codes."""

    name = "wallet"
    verbose_name = _("コイン")
    default_auto_field = "django.db.models.BigAutoField"
