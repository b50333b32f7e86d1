"""What getting about gives to the kernel."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.contributions import Check, Contributions, Schedule
from mobility import tasks
from mobility.consumers import DeparturesFeed, JourneyFeed
from mobility.demo.live import seed_live
from mobility.demo.seeding import seed_lines, seed_places
from mobility.gateways.fare_rules import why_no_fare_rules
from mobility.loops.boards import BOARDS
from mobility.loops.followed import FOLLOWED
from mobility.loops.live import LIVE
from mobility.selectors.feeds import named_feed_files
from mobility.selectors.stops.assigned import page_of_sign
from mobility.services.feeds import why_cold, why_not_current
from mobility.services.feeds.bringing import AREA
from mobility.services.feeds.sources import RIGHT as FEEDS
from mobility.services.live.alerts import RIGHT as ALERTS
from mobility.services.personal_store import MobilityStore
from mobility.services.saved_places import CarriesPlaces
from mobility.services.stops.signing import RIGHT as SIGNS

contributions = Contributions(
    checks=(
        Check("network_open", lambda: why_cold(at=clock.now())),
        Check("network_current", why_not_current, is_vital=False),
        Check("fare_rules", why_no_fare_rules),
    ),
    feeds=(DeparturesFeed(), JourneyFeed()),
    loops=(LIVE, BOARDS, FOLLOWED),
    schedules={
        "mobility.tidy_alerts": Schedule(tasks.tidy_alerts.name, crontab(hour=3, minute=41), queue="bulk"),
        "mobility.refresh_feeds": Schedule(tasks.refresh_feeds.name, crontab(minute=7), queue="bulk"),
        "mobility.tidy_networks": Schedule(tasks.tidy_networks.name, crontab(hour=3, minute=52), queue="bulk"),
    },
    rights={"city.officer": frozenset({FEEDS, ALERTS, SIGNS}), "city.administrator": frozenset({FEEDS, ALERTS, SIGNS})},
    files={AREA: named_feed_files},
    screens=(page_of_sign,),
    demo=(
        (40, "buses and a railway", seed_lines),
        (41, "town hall, hospital, shrines, baths and shelters", seed_places),
        (42, "what runs now", seed_live),
    ),
    scopes={"mobility": _("おでかけ")},
    carries_over=(CarriesPlaces(),),
    personal_stores=(MobilityStore(),),
    purposes={
        "mobility.my_places": _("よく行く場所を保存し、経路を探すため"),
        "mobility.my_export": _("おでかけのデータの書き出し"),
        "mobility.clear_away": _("閉じたアカウントのよく行く場所の削除"),
    },
    data_classes={"places": _("よく行く場所")},
)
