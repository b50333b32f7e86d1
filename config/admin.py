"""The staff's pages as a whole: one name, the city's colour, and only what officers work with."""

from typing import Any

import django_celery_beat.admin  # noqa: F401 - registers what is taken away below
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_celery_beat import models as beat

for schedule in (
    beat.PeriodicTask, beat.IntervalSchedule, beat.CrontabSchedule, beat.SolarSchedule, beat.ClockedSchedule,
):  # fmt: skip
    admin.site.unregister(schedule)  # schedules stand in code


def site_name(_request: HttpRequest) -> str:
    """Return what stands above every page: the city and what this is."""
    reads_japanese = (get_language() or "ja").startswith("ja")
    city = settings.CITY["name_ja" if reads_japanese else "name_en"]
    return _("%(city)sの管理") % {"city": city}


def desks(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the officers' desks, as the staff's sidebar shows them."""
    return [
        {
            "title": _("窓口"),
            "items": [
                {"title": _("本人確認"), "icon": "badge", "link": "/admin/desk/verify"},
                {"title": _("パスキー・認証アプリの解除"), "icon": "lock_reset", "link": "/admin/desk/lost"},
                {"title": _("IDの統合"), "icon": "merge", "link": "/admin/desk/merge"},
                {"title": _("すべての一覧"), "icon": "apps", "link": "/admin/"},
            ],
        }
    ]
