"""Getting about as a Django app."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:  # what it stands on wants the models
    from mobility.engine.network import Network


class MobilityConfig(AppConfig):
    """Registers journeys, and in a demo city the twins that make up what runs there."""

    name = "mobility"
    verbose_name = _("おでかけ")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Open demo addresses in a demo city alone."""
        from kernel import clock  # noqa: PLC0415 - models must be there
        from mobility.demo.closures import RoadOffice  # noqa: PLC0415
        from mobility.demo.live import BICYCLES, DRIVEN, open_bicycles  # noqa: PLC0415
        from mobility.gateways.driver_positions import register_drivers  # noqa: PLC0415
        from mobility.gateways.driver_twin import DriverTwin  # noqa: PLC0415
        from mobility.gateways.live_sources import register_twin  # noqa: PLC0415
        from mobility.gateways.live_twin import LiveTwin  # noqa: PLC0415
        from mobility.gateways.road_closures import register_closures  # noqa: PLC0415
        from mobility.services.feeds import current_network  # noqa: PLC0415

        def here_and_now() -> "tuple[Network, datetime]":
            at = clock.now()
            return current_network(at=at), at

        if settings.DEMO:
            register_twin(LiveTwin(here_and_now, dict([DRIVEN])))
            register_drivers(DriverTwin(*DRIVEN))
            register_twin(open_bicycles, BICYCLES)
            register_closures(RoadOffice())
