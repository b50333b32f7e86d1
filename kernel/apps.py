"""The kernel as a Django app: it gathers what the other apps contribute."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    """Registers the kernel and collects contributions."""

    name = "kernel"
    verbose_name = _("記録")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Collect each app's contributions; the kernel stands last in INSTALLED_APPS so that all models are there."""
        from kernel import contributions, own_contributions  # noqa: PLC0415 - Django must be ready

        contributions.register("kernel", own_contributions.contributions)
        own = ("cityos", "accounts", "wallet", "mobility", "health", "procedures", "disaster")
        contributions.collect([config.name for name in own for config in apps.get_app_configs() if config.name == name])
