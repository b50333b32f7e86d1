"""Getting about as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MobilityConfig(AppConfig):
    """Registers journeys."""

    name = "mobility"
    verbose_name = _("おでかけ")
    default_auto_field = "django.db.models.BigAutoField"
