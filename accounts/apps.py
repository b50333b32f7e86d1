"""The first floor: one ID for every resident and guest."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Registers the app."""

    name = "accounts"
    verbose_name = _("アカウント")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fit the tables of the sign-in library, before anything is read or written."""
        import accounts.models.third_parties  # noqa: F401, PLC0415 - models are there only now
