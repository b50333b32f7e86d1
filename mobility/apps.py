"""Getting about as a Django app."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class MobilityConfig(AppConfig):
    """Registers journeys, and in a demo city the twins that make up what runs there."""

    name = "mobility"
    verbose_name = _("おでかけ")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Open demo addresses in a demo city alone."""
        from kernel import clock  # noqa: PLC0415 - models must be there
        from mobility.demo.live import BICYCLES, open_bicycles  # noqa: PLC0415
        from mobility.gateways.live_sources import register_twin  # noqa: PLC0415
        from mobility.gateways.live_twin import LiveTwin  # noqa: PLC0415
        from mobility.services.feeds import current_network  # noqa: PLC0415

        if settings.DEMO:
            register_twin(LiveTwin(lambda: current_network(at=clock.now()), clock.now))
            register_twin(open_bicycles, BICYCLES)
