"""The data exchange as a Django app."""

from django.apps import AppConfig


class CityOsConfig(AppConfig):
    """Registers the data exchange."""

    name = "cityos"
    verbose_name = "都市OS"
    default_auto_field = "django.db.models.BigAutoField"
