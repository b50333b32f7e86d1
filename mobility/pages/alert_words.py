"""Why, with what effect and how grave: the words of GTFS-Realtime as officers read them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

CAUSES: Mapping[str, Any] = {
    "other_cause": _("そのほか"),
    "construction": _("工事"),
    "weather": _("天候"),
    "accident": _("事故"),
    "technical_problem": _("車両や設備の故障"),
    "maintenance": _("点検・整備"),
    "special_event": _("行事・祭り"),
    "holiday": _("祝日・年末年始"),
    "strike": _("ストライキ"),
    "demonstration": _("デモ・集会"),
    "police_activity": _("警察の規制"),
    "medical_emergency": _("急病人"),
    "unknown_cause": _("わからない"),
}
EFFECTS: Mapping[str, Any] = {
    "other_effect": _("そのほか"),
    "no_service": _("運休"),
    "reduced_service": _("本数が減る"),
    "significant_delays": _("大きく遅れる"),
    "detour": _("う回する"),
    "stop_moved": _("停留所が移る"),
    "modified_service": _("時刻や道順が変わる"),
    "additional_service": _("臨時便が出る"),
    "accessibility_issue": _("車いすやエレベーターに影響"),
    "no_effect": _("運行に影響はない"),
    "unknown_effect": _("わからない"),
}
SEVERITIES: Mapping[str, Any] = {
    "info": _("お知らせ"),
    "warning": _("注意"),
    "severe": _("重大"),
    "unknown_severity": _("わからない"),
}
