"""What getting about gives to the kernel."""

from django.utils.translation import gettext_lazy as _

from kernel.contributions import Contributions
from mobility.services.personal_store import MobilityStore
from mobility.services.saved_places import CarriesPlaces

contributions = Contributions(
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
